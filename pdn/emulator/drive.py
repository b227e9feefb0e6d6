"""Drive v3 as far as spreadsheets need it: files listed, made, copied, renamed, deleted, shared and exported."""

from __future__ import annotations

import csv
import io
import json
import re
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias
from urllib.parse import unquote

from pdn.emulator import spreadsheets
from pdn.emulator.errors import ApiError, Json
from pdn.emulator.fields import Mask, parse_mask, trim
from pdn.emulator.model import OWNER, Styles, Workbook
from pdn.emulator.protocol import Request, Response, json_response
from pdn.emulator.render import Renderer
from pdn.emulator.routes import Books, Query

MIME = "application/vnd.google-apps.spreadsheet"
_OWNER: Json = {
    "kind": "drive#permission",
    "id": "00000000000000000001",
    "type": "user",
    "role": "owner",
    "emailAddress": OWNER,
    "displayName": "owner",
}
_DEFAULT_FIELDS = "kind,id,name,mimeType"
_PAGE = 100
_LARGEST_PAGE = 1000
_TERM = re.compile(
    r"""\s*(?:(?P<field>name|mimeType|trashed|parents|modifiedTime|createdTime)\s*(?P<op>=|!=|contains|in|<=|>=|<|>)\s*
    (?P<value>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|true|false)
    |(?P<parent>"[^"]*"|'[^']*')\s+in\s+parents)\s*""",
    re.VERBOSE,
)


def _error(code: int, message: str, reason: str, location: str = "") -> ApiError:
    """An error as Drive words it."""
    item: Json = {"message": message, "domain": "global", "reason": reason}
    if location:
        item |= {"location": location, "locationType": "parameter"}
    return ApiError(code, message, body={"error": {"code": code, "message": message, "errors": [item]}})


def _book(books: Books, key: str) -> Workbook:
    try:
        return books.read(key)
    except ApiError as error:
        if error.code == 404:  # noqa: PLR2004 - not found
            raise _error(404, f"File not found: {key}.", "notFound", "fileId") from None
        message = "The user does not have sufficient permissions for this file."
        raise _error(403, message, "insufficientFilePermissions") from None


def _time(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{milliseconds % 1000:03d}Z"


def file_of(book: Workbook) -> Json:
    """The File of a workbook."""
    return {
        "kind": "drive#file",
        "id": book.key,
        "name": book.properties["title"],
        "mimeType": MIME,
        "createdTime": _time(book.created),
        "modifiedTime": _time(book.modified),
        "version": str(book.modified),
        "parents": book.drive.get("parents", ["root"]),
        "trashed": False,
        "ownedByMe": True,
        "webViewLink": f"https://docs.google.com/spreadsheets/d/{book.key}/edit",
        "permissions": _permissions(book),
    }


def _permissions(book: Workbook) -> list[Json]:
    found: list[Json] = book.drive.get("permissions", [_OWNER])
    return found


def _masked(answer: Json, query: Query, default: str) -> Json:
    try:
        mask: Mask = parse_mask(query.text("fields", default))
    except ValueError:
        text = query.text("fields")
        raise _error(400, f"Invalid field selection {text}", "invalidParameter", "fields") from None
    trimmed = trim(answer, {} if "*" in mask else mask)
    return trimmed if isinstance(trimmed, dict) else {}


def _list(books: Books, query: Query, _body: Json, _names: list[str]) -> Response:
    wanted = _parse_query(query.text("q"))
    files = [file_of(book) for book in map(books.shared, books.keys()) if book]
    found = [file for file in files if wanted(file)]
    found.sort(key=lambda file: file["modifiedTime"], reverse=True)
    try:
        size = min(int(query.text("pageSize", str(_PAGE))), _LARGEST_PAGE)
        start = int(query.text("pageToken", "0"))
    except ValueError:
        raise _error(400, "Invalid Value", "invalid", "pageToken") from None
    answer: Json = {"kind": "drive#fileList", "incompleteSearch": False, "files": found[start : start + size]}
    if start + size < len(found):
        answer["nextPageToken"] = str(start + size)
    default = f"kind,incompleteSearch,nextPageToken,files({_DEFAULT_FIELDS})"
    return json_response(200, _masked(answer, query, default))


def _parse_query(text: str) -> Callable[[Json], bool]:
    """The test that a `q` means: terms joined by `and`."""
    tests: list[Callable[[Json], bool]] = []
    at = 0
    while at < len(text):
        found = _TERM.match(text, at)
        if not found:
            raise _error(400, "Invalid Value", "invalid", "q")
        tests.append(_test(found))
        at = found.end()
        if at < len(text):
            joint = re.match(r"and\s", text[at:])
            if not joint:
                raise _error(400, "Invalid Value", "invalid", "q")
            at += joint.end()
    return lambda file: all(test(file) for test in tests)


def _test(found: re.Match[str]) -> Callable[[Json], bool]:
    if found["parent"]:
        parent = found["parent"][1:-1]
        return lambda file: parent in file["parents"]
    field, operator = found["field"], found["op"]
    text = found["value"]
    value: object = text == "true" if text in {"true", "false"} else re.sub(r"\\(.)", r"\1", text[1:-1])
    tests: dict[str, Callable[[Json], bool]] = {
        "=": lambda file: bool(file[field] == value),
        "!=": lambda file: bool(file[field] != value),
        "contains": lambda file: str(value).casefold() in str(file[field]).casefold(),
        "in": lambda file: value in file[field],
        "<": lambda file: file[field] < str(value),
        ">": lambda file: file[field] > str(value),
        "<=": lambda file: file[field] <= str(value),
        ">=": lambda file: file[field] >= str(value),
    }
    return tests[operator]


def _create(books: Books, query: Query, body: Json, _names: list[str]) -> Response:
    if body.get("mimeType") != MIME:
        raise _error(400, f"Files of type {body.get('mimeType')} are not supported by this emulator.", "invalid")

    def prepare(book: Workbook) -> None:
        book.drive = {"parents": body.get("parents") or ["root"]}

    book = books.create({"title": body.get("name") or "Untitled"}, prepare=prepare)
    return json_response(200, _masked(file_of(book), query, _DEFAULT_FIELDS))


def _get(books: Books, query: Query, _body: Json, names: list[str]) -> Response:
    return json_response(200, _masked(file_of(_book(books, names[0])), query, _DEFAULT_FIELDS))


def _update(books: Books, query: Query, body: Json, names: list[str]) -> Response:
    _book(books, names[0])
    strange = body.keys() - {"name", "parents"}
    if strange:
        raise _error(400, f"Changing '{min(strange)}' of a file is not supported by this emulator.", "invalid")
    with books.change(names[0]) as draft:
        if body.get("name"):
            draft.properties["title"] = body["name"]
        parents = [p for p in draft.drive.get("parents", ["root"]) if p not in query.text("removeParents").split(",")]
        added = [p for p in query.text("addParents").split(",") if p]
        draft.drive["parents"] = [*parents, *added] or ["root"]
    return json_response(200, _masked(file_of(books.read(names[0])), query, _DEFAULT_FIELDS))


def _delete(books: Books, _query: Query, _body: Json, names: list[str]) -> Response:
    _book(books, names[0])
    books.delete(names[0])
    return Response(204)


def _copy(books: Books, query: Query, body: Json, names: list[str]) -> Response:
    source = _book(books, names[0])
    title = body.get("name") or f"Copy of {source.properties['title']}"

    def prepare(book: Workbook) -> None:
        book.properties = {**source.properties, "title": title}
        book.sheets = [sheet.copied() for sheet in source.sheets]
        book.named_ranges = [dict(named) for named in source.named_ranges]
        book.styles = Styles(source.styles.text(i) for i in range(1, len(source.styles)))
        book.drive = {"parents": body.get("parents") or source.drive.get("parents", ["root"])}

    book = books.create({"title": title}, prepare=prepare)
    return json_response(200, _masked(file_of(book), query, _DEFAULT_FIELDS))


def _export(books: Books, query: Query, _body: Json, names: list[str]) -> Response:
    book = _book(books, names[0])
    mime = query.text("mimeType")
    delimiters = {"text/csv": ",", "text/tab-separated-values": "\t"}
    if mime not in delimiters:
        raise _error(400, f"Exporting as {mime or 'nothing'} is not supported by this emulator.", "badRequest")
    renderer = Renderer(book)
    sheet = book.sheets[0]
    rows = [renderer.row(row, 0, sheet.column_count) for row in sheet.rows]
    while rows and not rows[-1]:
        rows.pop()
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiters[mime], lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return Response(200, {"Content-Type": mime}, text.getvalue().removesuffix("\r\n").encode())


def _permission_list(books: Books, query: Query, _body: Json, names: list[str]) -> Response:
    answer = {"kind": "drive#permissionList", "permissions": _permissions(_book(books, names[0]))}
    return json_response(200, _masked(answer, query, "kind,permissions(kind,id,type,role)"))


def _permission_create(books: Books, query: Query, body: Json, names: list[str]) -> Response:
    _book(books, names[0])
    known = {"type", "role", "emailAddress", "domain", "allowFileDiscovery"}
    permission = {
        "kind": "drive#permission",
        "id": "anyoneWithLink" if body.get("type") == "anyone" else str(secrets.randbelow(10**20)).zfill(20),
        **{name: value for name, value in body.items() if name in known},
    }
    if body.get("type") not in {"user", "group", "domain", "anyone"} or not body.get("role"):
        raise _error(400, "The permission type and role fields are required.", "required")
    with books.change(names[0]) as draft:
        draft.drive["permissions"] = [*_permissions(draft), permission]
    return json_response(200, _masked(permission, query, "kind,id,type,role"))


def _permission_delete(books: Books, _query: Query, _body: Json, names: list[str]) -> Response:
    book = _book(books, names[0])
    kept = [item for item in _permissions(book) if item["id"] != names[1]]
    if len(kept) == len(_permissions(book)):
        raise _error(404, f"Permission not found: {names[1]}.", "notFound", "permissionId")
    with books.change(names[0]) as draft:
        draft.drive["permissions"] = kept
    return Response(204)


def _comments(books: Books, query: Query, _body: Json, names: list[str]) -> Response:
    _book(books, names[0])
    return json_response(200, _masked({"kind": "drive#commentList", "comments": []}, query, "kind,comments"))


def _upload(books: Books, _query: Query, body: Json, names: list[str]) -> Response:
    """A CSV takes the place of all tabs; the one tab it makes is called as the file."""
    _book(books, names[0])
    rows = list(csv.reader(io.StringIO(body["text"])))
    with books.change(names[0]) as draft:
        spreadsheets.replace_by_rows(draft, rows)
    book = books.read(names[0])
    title = book.properties["title"]
    return json_response(200, {"kind": "drive#file", "id": book.key, "title": title, "mimeType": MIME})


_Handler: TypeAlias = Callable[[Books, Query, Json, list[str]], Response]
_FILE = "/drive/v3/files/([^/]+)"
_ROUTES: tuple[tuple[str, str, _Handler], ...] = (
    ("GET", "/drive/v3/files", _list),
    ("POST", "/drive/v3/files", _create),
    ("GET", _FILE, _get),
    ("PATCH", _FILE, _update),
    ("DELETE", _FILE, _delete),
    ("POST", f"{_FILE}/copy", _copy),
    ("GET", f"{_FILE}/export", _export),
    ("GET", f"{_FILE}/comments", _comments),
    ("GET", f"{_FILE}/permissions", _permission_list),
    ("POST", f"{_FILE}/permissions", _permission_create),
    ("DELETE", f"{_FILE}/permissions/([^/]+)", _permission_delete),
    ("PUT", "/upload/drive/v2/files/([^/]+)", _upload),
)


def answer(books: Books, request: Request) -> Response:
    """Answer a request to Drive.

    Raises:
        ApiError: the answer is an error.
    """
    for verb, path, handler in _ROUTES:
        found = re.fullmatch(path, request.path) if verb == request.method else None
        if found:
            query = Query(request.query, {}, strict=False)
            names = [unquote(text) for text in found.groups()]
            return handler(books, query, _body(request), names)
    text = f"{request.method} {request.path} is not supported by this emulator of the Google Drive API."
    raise _error(400, text, "badRequest")


def _body(request: Request) -> Json:
    if not request.body.strip():
        return {}
    if request.path.startswith("/upload/"):
        return {"text": request.body.decode()}
    try:
        parsed = json.loads(request.body)
    except ValueError:
        raise _error(400, "Parse Error", "parseError") from None
    return parsed if isinstance(parsed, dict) else {}
