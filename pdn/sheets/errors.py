"""What can go wrong between us and the sheets, typed, with a French sentence that says what to do."""

import re
from enum import StrEnum

from google.auth.exceptions import GoogleAuthError, TransportError
from gspread.exceptions import APIError
from requests import RequestException

UNAUTHORISED, FORBIDDEN, NOT_FOUND, BAD_REQUEST, TOO_MANY, SERVER_ERRORS = 401, 403, 404, 400, 429, 500
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
    """

    def __init__(self, kind: ErrorKind, message: str, *, detail: str = "", unknown_outcome: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.detail = PRIVATE.sub("[…]", detail)
        self.unknown_outcome = unknown_outcome


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
        "Google limite le nombre de lectures et d’écritures par minute, et la limite est atteinte. "
        "Réessayez dans une minute."
    ),
    ErrorKind.NETWORK: "Google Sheets ne répond pas. Vérifiez la connexion à Internet, puis réessayez.",
    ErrorKind.SERVER: "Google Sheets a un problème passager. Réessayez dans quelques minutes.",
    ErrorKind.REFUSED: "Google Sheets refuse la demande. Si cela se reproduit, signalez-le avec le détail technique.",
}


def of_response(error: APIError, account: str, *, writing: bool) -> SheetsError:
    """The typed error of an answer of Google.

    Args:
        error: What gspread raised.
        account: The service account's address, with which to share; empty where there is none.
        writing: Whether the request was to change something.
    """
    status = error.response.status_code
    answer = error.error if isinstance(error.error, dict) else {}
    text = str(answer.get("message", ""))
    kind = _kind(status, text, str(answer.get("details", "")), writing=writing)
    detail = f"HTTP {status} {answer.get('status', '')}: {text}"
    unknown = writing and (status >= SERVER_ERRORS or is_about_ranges(text))
    if kind in {ErrorKind.NOT_SHARED, ErrorKind.READ_ONLY}:
        return SheetsError(kind, _sharing(kind, account), detail=detail)
    return SheetsError(kind, MESSAGES[kind], detail=detail, unknown_outcome=unknown)


def of_exception(error: Exception, *, unknown_outcome: bool) -> SheetsError:
    """The typed error of what never became an answer: no network, a time-out, credentials refused."""
    detail = f"{type(error).__name__}: {error}"
    network = isinstance(error, TransportError | RequestException)
    if isinstance(error, GoogleAuthError) and not network:
        return SheetsError(ErrorKind.BAD_CREDENTIALS, MESSAGES[ErrorKind.BAD_CREDENTIALS], detail=detail)
    return SheetsError(ErrorKind.NETWORK, MESSAGES[ErrorKind.NETWORK], detail=detail, unknown_outcome=unknown_outcome)


def is_about_ranges(text: str) -> bool:
    """Whether Google says that a tab or a row is no longer where we thought."""
    return "Unable to parse range" in text or "exceeds grid limits" in text


def no_secrets(what: str) -> SheetsError:
    """The secrets lack something: `what` is the whole French sentence."""
    return SheetsError(ErrorKind.NO_SECRETS, what)


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
    if status >= SERVER_ERRORS:
        return ErrorKind.SERVER
    return ErrorKind.PROTECTED if "protected cell" in text else ErrorKind.REFUSED


def _sharing(kind: ErrorKind, account: str) -> str:
    to_whom = f" avec {account}" if account else " avec le compte de service"
    if kind is ErrorKind.READ_ONLY:
        return f"Cette feuille est en lecture seule pour l’application. Partagez-la{to_whom} comme éditeur."
    return f"Cette feuille n’est pas partagée avec l’application. Partagez-la{to_whom} comme éditeur."
