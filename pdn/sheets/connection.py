"""Where the spreadsheets are: on Google, on an emulator over HTTP, or in a file beside the application."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.auth.exceptions import GoogleAuthError
from google.auth.transport.requests import AuthorizedSession
from google.oauth2.service_account import Credentials
from gspread.urls import DRIVE_FILES_API_V3_URL
from requests import Session

from pdn.emulator import Emulator, EmulatorAdapter
from pdn.french import NBSP
from pdn.schema import Workbook
from pdn.sheets.client import PatientClient, RequestCounter
from pdn.sheets.clock import HOME_ZONE, Clock
from pdn.sheets.errors import MESSAGES, ErrorKind, SheetsError, no_secrets

EMULATOR_VARIABLE = "SHEETS_EMULATOR_HOST"
EMBEDDED_FILE = "classeurs.sqlite"
HOME_LOCALE = "fr_FR"
SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
SECRET_NAMES = {"reseau": "spreadsheet", "pilotage": "spreadsheet_pilotage"}
"""The secret that names each workbook's spreadsheet, by the workbook's key."""

IN_ADDRESS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/([\w-]+)")
ALONE = re.compile(r"[\w-]+")


@dataclass(frozen=True)
class Connection:
    """A way to the spreadsheets.

    Attributes:
        client: gspread's HTTP client, with our patience.
        counter: What it sent.
        keys: The key of each workbook's spreadsheet, by the workbook's key.
        location: Where the data is, as a French phrase.
        account: The service account's address; empty where there is none.
        emulator: The embedded emulator; None over HTTP.
        links: Whether cells have an address in Google Sheets.
        created: The keys of the spreadsheets that were just created, empty.
    """

    client: PatientClient
    counter: RequestCounter
    keys: Mapping[str, str]
    location: str
    account: str = ""
    emulator: Emulator | None = None
    links: bool = False
    created: frozenset[str] = frozenset()


def connect(
    secrets: Mapping[str, Any],
    workbooks: tuple[Workbook, ...],
    *,
    data_dir: Path,
    environ: Mapping[str, str],
    clock: Clock,
) -> Connection:
    """Choose where to go: an emulator if the environment names one, Google if the secrets do, else the embedded file.

    Raises:
        SheetsError: the secrets lack something, or their key is none.
    """
    section = _section(secrets)
    host = environ.get(EMULATOR_VARIABLE, "").strip()
    if host:
        return _over_http(host if "://" in host else f"http://{host}", section, workbooks, clock)
    if section is not None:
        return _to_google(section, workbooks, clock)
    return _embedded(data_dir, workbooks, clock)


def is_embedded(secrets: Mapping[str, Any], environ: Mapping[str, str]) -> bool:
    """Whether `connect` would go to the embedded file."""
    return not environ.get(EMULATOR_VARIABLE, "").strip() and _section(secrets) is None


def is_local(secrets: Mapping[str, Any], environ: Mapping[str, str]) -> bool:
    """Whether the data is on a machine of ours, embedded or behind an emulator, and not on Google Sheets."""
    return bool(environ.get(EMULATOR_VARIABLE, "").strip()) or _section(secrets) is None


def embedded_key(workbook: Workbook) -> str:
    """The key of a workbook's spreadsheet in the embedded file."""
    return f"pdn-{workbook.key}"


def key_of(address: str) -> str | None:
    """The key in a spreadsheet's address, or the key itself; None where the text is neither."""
    text = address.strip()
    if match := IN_ADDRESS.search(text):
        return match[1]
    return text if ALONE.fullmatch(text) else None


def _section(secrets: Mapping[str, Any]) -> Mapping[str, Any] | None:
    connections = secrets.get("connections", {})
    found = connections.get("gsheets") if isinstance(connections, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _keys(section: Mapping[str, Any], workbooks: tuple[Workbook, ...]) -> dict[str, str]:
    keys = {}
    for workbook in workbooks:
        name = SECRET_NAMES.get(workbook.key, f"spreadsheet_{workbook.key}")
        given = str(section.get(name, "")).strip()
        if not given:
            raise no_secrets(
                f"Il manque « {name} » dans la partie [connections.gsheets] des secrets{NBSP}: l’adresse de la feuille "
                f"{workbook.title}. Donnez deux fois la même adresse si vous voulez tout dans une seule feuille."
            )
        key = key_of(given)
        if key is None:
            raise no_secrets(
                f"« {name} », dans les secrets, n’est ni l’adresse ni la clé d’une feuille Google{NBSP}: {given}"
            )
        keys[workbook.key] = key
    return keys


def _to_google(section: Mapping[str, Any], workbooks: tuple[Workbook, ...], clock: Clock) -> Connection:
    keys = _keys(section, workbooks)
    missing = [name for name in ("client_email", "private_key") if not section.get(name)]
    if missing:
        raise no_secrets(
            f"La partie [connections.gsheets] des secrets est incomplète{NBSP}: il manque {' et '.join(missing)}. "
            "Recopiez-y toutes les lignes de la clé JSON du compte de service."
        )
    info = {"token_uri": "https://oauth2.googleapis.com/token", **section}
    # A key pasted between single quotes keeps its line breaks as two characters.
    info["private_key"] = str(section["private_key"]).replace("\\n", "\n")
    try:
        credentials = Credentials.from_service_account_info(info, scopes=SCOPES)  # type: ignore[no-untyped-call]
    except (ValueError, GoogleAuthError) as error:
        kind = ErrorKind.BAD_CREDENTIALS
        raise SheetsError(kind, MESSAGES[kind], detail=type(error).__name__) from error
    account = str(section["client_email"])
    session = AuthorizedSession(credentials)  # type: ignore[no-untyped-call]
    client, counter = http_client(session, clock, account=account)
    return Connection(client, counter, keys, "sur Google Sheets", account, links=True)


def _over_http(
    host: str, section: Mapping[str, Any] | None, workbooks: tuple[Workbook, ...], clock: Clock
) -> Connection:
    keys = {workbook.key: embedded_key(workbook) for workbook in workbooks} if section is None else {}
    client, counter = http_client(Session(), clock, host=host)
    return Connection(client, counter, keys or _keys(section or {}, workbooks), f"sur l’émulateur de feuilles {host}")


def _embedded(data_dir: Path, workbooks: tuple[Workbook, ...], clock: Clock) -> Connection:
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / EMBEDDED_FILE
    emulator = Emulator(path)
    keys = {workbook.key: embedded_key(workbook) for workbook in workbooks}
    created = frozenset(key for key in keys.values() if not emulator.has_spreadsheet(key))
    _create(emulator, [workbook for workbook in workbooks if keys[workbook.key] in created])
    session = Session()
    session.mount("https://", EmulatorAdapter(emulator))
    client, counter = http_client(session, clock)
    return Connection(
        client, counter, keys, f"dans le classeur embarqué ({path.name})", emulator=emulator, created=created
    )


def renew_embedded(connection: Connection, workbooks: tuple[Workbook, ...]) -> None:
    """Replace the embedded spreadsheets by empty ones; nothing where the data is elsewhere."""
    if connection.emulator is not None:
        for workbook in workbooks:
            connection.client.request("delete", f"{DRIVE_FILES_API_V3_URL}/{embedded_key(workbook)}")
        _create(connection.emulator, workbooks)


def _create(emulator: Emulator, workbooks: Iterable[Workbook]) -> None:
    for workbook in workbooks:
        key = embedded_key(workbook)
        emulator.create_spreadsheet(workbook.title, key=key, locale=HOME_LOCALE, time_zone=HOME_ZONE)


def http_client(
    session: Session, clock: Clock, *, account: str = "", host: str = ""
) -> tuple[PatientClient, RequestCounter]:
    """Our HTTP client on a session, and what counts its requests."""
    counter = RequestCounter(clock)
    return PatientClient(session, clock, counter, account=account, host=host), counter
