"""The methods of the Sheets API: which path is which method, and what each does."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from pdn.emulator import drive, spreadsheets, values
from pdn.emulator.errors import ApiError, Json, invalid, unsupported
from pdn.emulator.faults import Kind
from pdn.emulator.fields import Mask, response_mask, trim
from pdn.emulator.messages import parse
from pdn.emulator.protocol import Request, Response, json_response
from pdn.emulator.routes import Books, Query

_VALUE_RENDER = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")
_DATE_RENDER = ("SERIAL_NUMBER", "FORMATTED_STRING")
_DIMENSION = ("DIMENSION_UNSPECIFIED", "ROWS", "COLUMNS")
_INPUT = ("INPUT_VALUE_OPTION_UNSPECIFIED", "RAW", "USER_ENTERED")
_READING = {
    "majorDimension": _DIMENSION,
    "valueRenderOption": _VALUE_RENDER,
    "dateTimeRenderOption": _DATE_RENDER,
}
_WRITING = {
    "valueInputOption": _INPUT,
    "includeValuesInResponse": (),
    "responseValueRenderOption": _VALUE_RENDER,
    "responseDateTimeRenderOption": _DATE_RENDER,
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: what its path names, its parameters, its checked body, the mask of its answer."""

    books: Books
    key: str
    range: str
    query: Query
    body: Json
    mask: Mask


Handler: TypeAlias = Callable[[Call], Json]


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the API."""

    handler: Handler
    answer: str
    body: str | None = None
    body_at: str = ""
    query: Mapping[str, tuple[str, ...]] | None = None


def _create(call: Call) -> Json:
    given = call.body
    book = call.books.create(given.get("properties", {}), prepare=lambda draft: spreadsheets.fill(draft, given))
    return spreadsheets.get(book, {}, [], grid=False)


def _get(call: Call) -> Json:
    book = call.books.read(call.key)
    return spreadsheets.get(book, call.mask, call.query.all("ranges"), grid=call.query.flag("includeGridData"))


def _get_by_data_filter(call: Call) -> Json:
    book = call.books.read(call.key)
    names = [values.filtered(book, item).name for item in call.body.get("dataFilters", [])]
    return spreadsheets.get(book, call.mask, names, grid=call.body.get("includeGridData", False))


def _batch_update(call: Call) -> Json:
    with call.books.change(call.key) as draft:
        reply = spreadsheets.batch_update(draft, call.body)
        for text in call.body.get("responseRanges", []):
            draft.resolve(text)  # what cannot be answered is not applied either
    return {**reply, **spreadsheets.updated(call.books.read(call.key), call.body, call.mask)}


def _reading(query: Query) -> values.ReadOptions:
    return values.ReadOptions(
        query.text("valueRenderOption", "FORMATTED_VALUE"),
        query.text("dateTimeRenderOption", "SERIAL_NUMBER"),
        query.text("majorDimension", "ROWS"),
    )


def _writing(source: Callable[[str, str], str], *, echo: bool, dimension: str) -> values.Writing:
    shown = values.ReadOptions(
        source("responseValueRenderOption", "FORMATTED_VALUE"),
        source("responseDateTimeRenderOption", "SERIAL_NUMBER"),
        dimension,
    )
    return values.Writing(source("valueInputOption", ""), shown if echo else None)


def _query_writing(call: Call) -> values.Writing:
    return _writing(
        call.query.text,
        echo=call.query.flag("includeValuesInResponse"),
        dimension=call.body.get("majorDimension", "ROWS"),
    )


def _values_get(call: Call) -> Json:
    book = call.books.read(call.key)
    return values.read(book, book.resolve(call.range), _reading(call.query))


def _values_batch_get(call: Call) -> Json:
    book = call.books.read(call.key)
    options = _reading(call.query)
    found = [values.read(book, book.resolve(text), options) for text in call.query.all("ranges")]
    return {"spreadsheetId": call.key, **({"valueRanges": found} if found else {})}


def _values_batch_get_by_filter(call: Call) -> Json:
    book = call.books.read(call.key)
    body = call.body
    options = values.ReadOptions(
        body.get("valueRenderOption", "FORMATTED_VALUE"),
        body.get("dateTimeRenderOption", "SERIAL_NUMBER"),
        body.get("majorDimension", "ROWS"),
    )
    found = [
        {"valueRange": values.read(book, values.filtered(book, item), options), "dataFilters": [item]}
        for item in body.get("dataFilters", [])
    ]
    return {"spreadsheetId": call.key, "valueRanges": found}


def _values_update(call: Call) -> Json:
    writing = _query_writing(call)
    with call.books.change(call.key) as draft:
        reply = values.update(draft, draft.resolve(call.range), call.body, writing)
    return values.echo(call.books.read(call.key), reply, writing)


def _values_append(call: Call) -> Json:
    writing = _query_writing(call)
    insert = call.query.text("insertDataOption") == "INSERT_ROWS"
    with call.books.change(call.key) as draft:
        reply = values.append(draft, draft.resolve(call.range), call.body, writing, insert=insert)
    return values.echo(call.books.read(call.key), reply, writing)


def _values_batch_update(call: Call) -> Json:
    body = call.body

    def text(name: str, default: str) -> str:
        return str(body.get(name, default))

    writing = _writing(text, echo=body.get("includeValuesInResponse", False), dimension="ROWS")
    with call.books.change(call.key) as draft:
        reply = values.batch_update(draft, body.get("data", []), writing)
    return values.echo(call.books.read(call.key), reply, writing)


def _values_clear(call: Call) -> Json:
    with call.books.change(call.key) as draft:
        cleared = values.clear(draft, draft.resolve(call.range))
    return {"spreadsheetId": call.key, "clearedRange": cleared}


def _values_batch_clear(call: Call) -> Json:
    with call.books.change(call.key) as draft:
        cleared = [values.clear(draft, draft.resolve(text)) for text in call.body.get("ranges", [])]
    return {"spreadsheetId": call.key, "clearedRanges": cleared}


def _copy_to(call: Call) -> Json:
    destination = call.body.get("destinationSpreadsheetId", "")
    source = call.books.read(call.key)
    with call.books.change(destination) as draft:
        return spreadsheets.copy_to(source, int(call.range), draft)


_GET = {"ranges": (), "includeGridData": (), "excludeTablesInBandedRanges": (), "commentsViewMode": ()}
_APPEND = {**_WRITING, "insertDataOption": ("OVERWRITE", "INSERT_ROWS")}
_SPREADSHEET = r"/v4/spreadsheets/([^/:]+)"
_ROUTES: tuple[tuple[str, re.Pattern[str], Method], ...] = tuple(
    (verb, re.compile(path), method)
    for verb, path, method in (
        ("POST", "/v4/spreadsheets", Method(_create, "Spreadsheet", "Spreadsheet")),
        ("GET", _SPREADSHEET, Method(_get, "Spreadsheet", query=_GET)),
        (
            "POST",
            f"{_SPREADSHEET}:batchUpdate",
            Method(_batch_update, "BatchUpdateSpreadsheetResponse", "BatchUpdateSpreadsheetRequest"),
        ),
        (
            "POST",
            f"{_SPREADSHEET}:getByDataFilter",
            Method(_get_by_data_filter, "Spreadsheet", "GetSpreadsheetByDataFilterRequest"),
        ),
        (
            "GET",
            f"{_SPREADSHEET}/values:batchGet",
            Method(_values_batch_get, "BatchGetValuesResponse", query={"ranges": (), **_READING}),
        ),
        (
            "POST",
            f"{_SPREADSHEET}/values:batchGetByDataFilter",
            Method(
                _values_batch_get_by_filter,
                "BatchGetValuesByDataFilterResponse",
                "BatchGetValuesByDataFilterRequest",
            ),
        ),
        (
            "POST",
            f"{_SPREADSHEET}/values:batchUpdate",
            Method(_values_batch_update, "BatchUpdateValuesResponse", "BatchUpdateValuesRequest"),
        ),
        (
            "POST",
            f"{_SPREADSHEET}/values:batchClear",
            Method(_values_batch_clear, "BatchClearValuesResponse", "BatchClearValuesRequest"),
        ),
        (
            "POST",
            f"{_SPREADSHEET}/values/([^/]+):append",
            Method(_values_append, "AppendValuesResponse", "ValueRange", "data", _APPEND),
        ),
        (
            "POST",
            f"{_SPREADSHEET}/values/([^/]+):clear",
            Method(_values_clear, "ClearValuesResponse", "ClearValuesRequest"),
        ),
        ("GET", f"{_SPREADSHEET}/values/([^/]+)", Method(_values_get, "ValueRange", query=_READING)),
        (
            "PUT",
            f"{_SPREADSHEET}/values/([^/]+)",
            Method(_values_update, "UpdateValuesResponse", "ValueRange", "data", _WRITING),
        ),
        (
            "POST",
            rf"{_SPREADSHEET}/sheets/(\d+):copyTo",
            Method(_copy_to, "SheetProperties", "CopySheetToAnotherSpreadsheetRequest"),
        ),
    )
)
_READS_BY_POST = re.compile(r":(?:getByDataFilter|batchGetByDataFilter)$")


def kind_of(request: Request) -> Kind:
    """Whether Google counts a request as a read or as a write."""
    is_read = request.method == "GET" or _READS_BY_POST.search(request.path)
    return "read" if is_read else "write"


def answer(books: Books, request: Request) -> Response:
    """Answer a request.

    Raises:
        ApiError: the answer is an error.
    """
    path = request.path
    if path.startswith(("/drive/", "/upload/drive/")):
        return drive.answer(books, request)
    for verb, pattern, method in _ROUTES:
        found = pattern.fullmatch(path) if verb == request.method else None
        if found:
            return json_response(200, _call(books, request, method, [unquote(text) for text in found.groups()]))
    if path.startswith("/v4/spreadsheets"):
        raise unsupported(f"{request.method} {path}")
    raise ApiError(404, f"The requested URL {path} was not found on this server.")


def _call(books: Books, request: Request, method: Method, named: list[str]) -> object:
    query = Query(request.query, method.query or {})
    if query.text("alt", "json") != "json":
        raise unsupported(f"alt={query.text('alt')}")
    mask = response_mask(query.text("fields"), method.answer)
    body: Json = {}
    if method.body:
        body = parse(method.body, _json(request.body), method.body_at)
    key, text = [*named, "", ""][:2]
    return trim(method.handler(Call(books, key, text, query, body, mask)), mask)


def _json(body: bytes) -> object:
    if not body.strip():
        return {}
    try:
        return json.loads(body)
    except ValueError:
        raise invalid(
            f"Invalid JSON payload received. Unexpected token.\n{body[:40].decode(errors='replace')}"
        ) from None
