"""The messages of the Sheets API: which fields each has, and the check of a JSON payload against them.

`messages.json` is an extract of Google's discovery document: for each message its fields, written
`int32`, `string`, `Message`, `[Message]` (a list), `{Message}` (a map), `A|B` (an enumeration), `mask`
(a field mask), `value` (any JSON scalar) or `-` (known to Google, not to this emulator).
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import TypeAlias, cast

from pdn.emulator.errors import Json, unsupported, violations

Fields: TypeAlias = dict[str, str]

_INT32 = 2**31
_NUMBERS = {"double", "float"}
_PRIMITIVES = {"int32", "boolean", "string", "mask", "value", *_NUMBERS}


@cache
def _messages() -> dict[str, Fields]:
    text = resources.files("pdn.emulator").joinpath("messages.json").read_text(encoding="utf-8")
    return cast("dict[str, Fields]", json.loads(text))


def fields_of(message: str) -> Fields:
    """The fields of a message, name -> type; empty for what is not a message."""
    return _messages().get(message, {})


def element(kind: str) -> str:
    """The message (or primitive) inside a list or map type: `[RowData]` -> `RowData`."""
    return kind.strip("[]{}")


def camel(name: str) -> str:
    """`start_row_index` -> `startRowIndex`; Google takes both spellings."""
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest) if rest else name


def snake(name: str) -> str:
    """`startRowIndex` -> `start_row_index`, the spelling of Google's messages."""
    return re.sub(r"(?<!^)([A-Z])", lambda found: "_" + found[1].lower(), name)


def parse(message: str, payload: object, where: str = "") -> Json:
    """Check a JSON payload and give it in its canonical spelling.

    Args:
        message: name of the message, as `BatchUpdateSpreadsheetRequest`.
        payload: parsed JSON.
        where: path of the payload inside the request, as Google words it (`data` for a ValueRange).

    Returns:
        the payload with camelCase names, without nulls, with lists where the message has lists.

    Raises:
        ApiError: 400 naming each unknown field and each value of the wrong type.
    """
    found: list[tuple[str, str]] = []
    result = _message(message, payload, where, found)
    if found:
        raise violations(found)
    return result


def _message(message: str, payload: object, where: str, found: list[tuple[str, str]]) -> Json:
    if not isinstance(payload, dict):
        found.append((where, _wrong(where, f"type.googleapis.com/google.apps.sheets.v4.{message}", payload)))
        return {}
    fields = fields_of(message)
    result: Json = {}
    for name, value in payload.items():
        key = name if name in fields else camel(name)
        kind = fields.get(key)
        path = f"{where}.{snake(key)}" if where else snake(key)
        if kind is None:
            at = f" at '{where}'" if where else ""
            text = f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
            found.append((where, text))
        elif value is None:
            continue
        elif kind == "-":
            raise unsupported(f"'{path}'")
        else:
            result[key] = _field(kind, value, path, found)
    return result


def _field(kind: str, value: object, path: str, found: list[tuple[str, str]]) -> object:
    if kind == "[[value]]":
        return [
            _list_value(row, f"{path}[{i}]" if isinstance(value, list) else path, found)
            for i, row in enumerate(value if isinstance(value, list) else [value])
        ]
    if kind.startswith("["):
        items = _flatten(value) if isinstance(value, list) else [value]
        return [_field(kind[1:-1], item, f"{path}[{i}]", found) for i, item in enumerate(items)]
    if kind.startswith("{") and isinstance(value, dict):
        return {key: _field(kind[1:-1], item, f"{path}[{key}]", found) for key, item in value.items()}
    if kind in _PRIMITIVES or "|" in kind:
        return _plain(kind, value, path, found)
    return _message(kind, value, path, found)


def _flatten(items: list[object]) -> list[object]:
    """Lists in lists count as one list, as Google reads them."""
    flat: list[object] = []
    for item in items:
        flat.extend(_flatten(item) if isinstance(item, list) else [item])
    return flat


def _list_value(row: object, path: str, found: list[tuple[str, str]]) -> list[object]:
    if not isinstance(row, list):
        found.append((path, _wrong(path, "type.googleapis.com/google.protobuf.ListValue", row)))
        return []
    for i, cell in enumerate(row):
        if isinstance(cell, dict | list):
            kind = "struct_value" if isinstance(cell, dict) else "list_value"
            text = f"Invalid values[{i}]: {kind} {{}}".replace("{}", json.dumps(cell, ensure_ascii=False))
            found.append((path, text))
    return row


def _plain(kind: str, value: object, path: str, found: list[tuple[str, str]]) -> object:
    """A primitive or an enumeration; numbers may be written as texts, as in the JSON of protocol buffers."""
    if _fits(kind, value):
        return value
    if kind == "boolean" and value in {"true", "false"}:
        return value == "true"
    if kind == "int32" and isinstance(value, float) and value.is_integer() and abs(value) < _INT32:
        return int(value)
    if kind == "int32" and isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value):
        return int(value)
    if kind in _NUMBERS and isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", value):
        return float(value)
    found.append((path, _wrong(path, _type_name(kind, path), value)))
    return value


def _fits(kind: str, value: object) -> bool:
    if kind == "value":
        return True
    if kind == "boolean" or isinstance(value, bool):
        return kind == "boolean" and isinstance(value, bool)
    if kind == "int32":
        return isinstance(value, int) and -_INT32 <= value < _INT32
    if kind in _NUMBERS:
        return isinstance(value, int | float)
    return isinstance(value, str) and ("|" not in kind or value in kind.split("|"))


def _type_name(kind: str, path: str) -> str:
    if "|" in kind:
        return f"type.googleapis.com/google.apps.sheets.v4.{path.rpartition('.')[2].title().replace('_', '')}"
    special = {"boolean": "TYPE_BOOL", "mask": "type.googleapis.com/google.protobuf.FieldMask"}
    return special.get(kind, f"TYPE_{kind.upper()}")


def _wrong(path: str, kind: str, value: object) -> str:
    at = f" at '{path}'" if path else ""
    return f"Invalid value{at} ({kind}), {json.dumps(value, ensure_ascii=False)}"
