"""What can go wrong between us and the sheets, typed, with a French sentence that says what to do."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from google.auth.exceptions import GoogleAuthError, TransportError
from requests import ConnectTimeout, Response
from urllib3.exceptions import NewConnectionError

UNAUTHORISED, FORBIDDEN, NOT_FOUND, BAD_REQUEST, TOO_SLOW, TOO_MANY, SERVER_ERRORS = 401, 403, 404, 400, 408, 429, 500
HAVE_NO_WORDS = {UNAUTHORISED, TOO_SLOW, TOO_MANY}
MOVED = ("unable to parse range", "exceeds grid limits", "no grid with id")
"""How Google says that a tab or a row is no longer where we thought: renamed, shortened, or swapped for a copy."""

PRIVATE = re.compile(r"-----BEGIN.*?(?:-----END[^-]*-----|$)|ya29\.[\w.\-]+|Bearer \S+", re.DOTALL)
"""What no log may show: a private key, a token."""


class ErrorKind(StrEnum):
    """Which way it failed."""

    NO_SECRETS = "no_secrets"
    BAD_CREDENTIALS = "bad_credentials"
    NOT_FOUND = "not_found"
    NOT_SHARED = "not_shared"
    READ_ONLY = "read_only"
    PROTECTED = "protected"
    API_DISABLED = "api_disabled"
    QUOTA = "quota"
    NETWORK = "network"
    SERVER = "server"
    BROKEN_ANSWER = "broken_answer"
    BUSY = "busy"
    ROW_GONE = "row_gone"
    TAB_MISSING = "tab_missing"
    COLUMN_MISSING = "column_missing"
    UNSETTLED = "unsettled"
    REFUSED = "refused"


class SheetsError(Exception):
    """The sheets could not be read or written.

    Attributes:
        kind: Which way it failed.
        message: What happened and what to do, in French, for the person.
        detail: The technical words, for logs; never a secret.
        unknown_outcome: Whether a write may have landed all the same: nothing but a look can tell.
        wait: Seconds that Google asks to wait before the next request; 0 where it asks for none.
        ids: The ids that a commit was about to give, by the place of their changes: a record saved again under its own
            is never added twice.
    """

    def __init__(
        self, kind: ErrorKind, message: str, *, detail: str = "", unknown_outcome: bool = False, wait: float = 0.0
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.detail = PRIVATE.sub("[…]", detail)
        self.unknown_outcome = unknown_outcome
        self.wait = wait
        self.ids: Mapping[int, str] = {}

    def in_sheet(self, title: str) -> "SheetsError":
        """This error, its message naming the spreadsheet that it is about."""
        self.message = self.message.replace(THIS_SHEET, f"La feuille « {title} »", 1)
        return self


THIS_SHEET = "Cette feuille"
MESSAGES = {
    ErrorKind.BAD_CREDENTIALS: (
        "Google refuse la clé du compte de service. Téléchargez une nouvelle clé JSON et recopiez-la "
        "dans la partie [connections.gsheets] des secrets."
    ),
    ErrorKind.NOT_FOUND: (
        "Cette feuille n’existe pas ou n’existe plus. Vérifiez son adresse dans la partie [connections.gsheets] "
        "des secrets."
    ),
    ErrorKind.PROTECTED: (
        "Google refuse l’enregistrement : une plage protégée couvre une des cellules à écrire. "
        "Retirez la protection, ou autorisez-y le compte de service."
    ),
    ErrorKind.API_DISABLED: (
        "L’API Google Sheets n’est pas activée pour ce projet. Activez-la dans la console Google Cloud "
        "(« API et services », « Google Sheets API »), puis attendez quelques minutes."
    ),
    ErrorKind.QUOTA: (
        "Google limite le nombre de lectures et d’écritures par minute, et la limite est atteinte\u00a0: "
        "cela passe en une minute."
    ),
    ErrorKind.NETWORK: "Google Sheets ne répond pas. Vérifiez la connexion à Internet.",
    ErrorKind.SERVER: "Google Sheets a un problème passager, de quelques minutes le plus souvent.",
    ErrorKind.BROKEN_ANSWER: (
        "La réponse reçue est incomplète, ou ne vient pas de Google Sheets. Vérifiez la connexion à Internet "
        "(page d’accès d’un réseau Wi-Fi, pare-feu)."
    ),
    ErrorKind.BUSY: (
        "D’autres enregistrements sont en cours et Google Sheets tarde à répondre\u00a0: le vôtre n’est pas parti. "
        "Réessayez dans un instant."
    ),
    ErrorKind.REFUSED: "Google Sheets refuse la demande. Si cela se reproduit, signalez-le avec le détail technique.",
}


def of_response(response: Response, account: str, *, writing: bool) -> SheetsError:
    """The typed error of an answer that is a refusal: Google's, or a page of something on the way to it.

    Args:
        response: The answer.
        account: The service account's address, with which to share; empty where there is none.
        writing: Whether the request was to change something.
    """
    status = response.status_code
    answer = _told(response)
    text = str(answer.get("message", ""))
    if not answer and status not in HAVE_NO_WORDS and status < SERVER_ERRORS:
        # A refusal of Google says why in JSON: this is one of a firewall or a proxy.
        return broken_answer(f"HTTP {status}", unknown_outcome=writing)
    kind = _kind(status, text, str(answer.get("details", "")), writing=writing)
    detail = f"HTTP {status} {answer.get('status', '')}: {text}"
    unknown = writing and (kind is ErrorKind.SERVER or is_about_ranges(text))
    if kind in {ErrorKind.NOT_SHARED, ErrorKind.READ_ONLY}:
        return SheetsError(kind, _sharing(kind, account), detail=detail)
    return SheetsError(kind, MESSAGES[kind], detail=detail, unknown_outcome=unknown, wait=_retry_after(response))


def of_exception(error: Exception, *, unknown_outcome: bool) -> SheetsError:
    """The typed error of what never became an answer: no network, a time-out, credentials refused.

    Args:
        error: What was raised.
        unknown_outcome: Whether what was sent may have been applied; nothing was where the connection was never made
            or the token was refused.
    """
    detail = f"{type(error).__name__}: {error}"
    kind, unknown = ErrorKind.NETWORK, unknown_outcome
    if isinstance(error, ConnectTimeout) or isinstance(_reason(error), NewConnectionError):
        unknown = False
    if isinstance(error, GoogleAuthError):
        unknown = False
        if not isinstance(error, TransportError):
            kind = ErrorKind.SERVER if error.retryable else ErrorKind.BAD_CREDENTIALS
    return SheetsError(kind, MESSAGES[kind], detail=detail, unknown_outcome=unknown)


def broken_answer(found: str, *, unknown_outcome: bool) -> SheetsError:
    """The error of an answer that came with success and is none: cut, a page of somebody else's, not what was asked."""
    kind = ErrorKind.BROKEN_ANSWER
    return SheetsError(kind, MESSAGES[kind], detail=found, unknown_outcome=unknown_outcome)


def is_about_ranges(text: str) -> bool:
    """Whether Google says that a tab or a row is no longer where we thought."""
    return any(words in text.lower() for words in MOVED)


def no_secrets(what: str) -> SheetsError:
    """The secrets lack something: `what` is the whole French sentence."""
    return SheetsError(ErrorKind.NO_SECRETS, what)


def _reason(error: Exception) -> object:
    """Why urllib3 gave up, under what requests made of it."""
    return getattr(error.args[0], "reason", None) if error.args else None


def _kind(  # noqa: PLR0911 - one answer, one kind
    status: int, text: str, details: str, *, writing: bool
) -> ErrorKind:
    if status == UNAUTHORISED:
        return ErrorKind.BAD_CREDENTIALS
    if status == NOT_FOUND:
        return ErrorKind.NOT_FOUND
    if status == TOO_MANY or "RATE_LIMIT_EXCEEDED" in details:
        return ErrorKind.QUOTA
    if status == FORBIDDEN:
        if "SERVICE_DISABLED" in details or "has not been used in project" in text or "is disabled" in text:
            return ErrorKind.API_DISABLED
        return ErrorKind.READ_ONLY if writing else ErrorKind.NOT_SHARED
    if status >= SERVER_ERRORS or status == TOO_SLOW:
        return ErrorKind.SERVER
    return ErrorKind.PROTECTED if "protected cell" in text else ErrorKind.REFUSED


def _sharing(kind: ErrorKind, account: str) -> str:
    to_whom = f" avec {account}" if account else " avec le compte de service"
    if kind is ErrorKind.READ_ONLY:
        return f"{THIS_SHEET} est en lecture seule pour l’application. Partagez-la{to_whom} comme éditeur."
    return f"{THIS_SHEET} n’est pas partagée avec l’application. Partagez-la{to_whom} comme éditeur."


def _told(response: Response) -> Mapping[str, Any]:
    """What an answer says of its error; nothing where it is not Google's."""
    try:
        answer = response.json()
    except ValueError:
        return {}
    told = answer.get("error") if isinstance(answer, Mapping) else None
    return told if isinstance(told, Mapping) else {}


def _retry_after(response: Response) -> float:
    """The seconds that an answer asks to wait; 0 where it asks for none, or for a date as Google never does."""
    asked = str(response.headers.get("Retry-After", ""))
    return float(asked) if asked.isdecimal() else 0.0
