"""What the doors' modules may ask of the emulator, and how a request's query is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Protocol

from pdn.emulator.errors import ApiError, Json
from pdn.emulator.messages import camel, snake
from pdn.emulator.model import Workbook

_ALWAYS = {
    "access_token", "alt", "callback", "fields", "key", "oauth_token", "prettyPrint", "quotaUser",
    "upload_protocol", "uploadType", "$.xgafv",
}  # fmt: skip


class Books(Protocol):
    """The workbooks, as `Emulator` holds them."""

    def keys(self) -> list[str]:
        """All spreadsheets."""

    def read(self, key: str) -> Workbook:
        """A workbook to read."""

    def shared(self, key: str) -> Workbook | None:
        """A workbook to read; None when it may not be."""

    def change(self, key: str) -> AbstractContextManager[Workbook]:
        """A draft, saved at the end."""

    def create(
        self, properties: Json, key: str | None = None, prepare: Callable[[Workbook], None] | None = None
    ) -> Workbook:
        """A new workbook."""

    def delete(self, key: str) -> None:
        """Remove a workbook."""


class Query:
    """The parameters of a request, checked against those its method knows.

    Args:
        query: decoded values by name.
        known: the method's own parameters, name -> its values if it is an enumeration, else ().
        strict: refuse unknown ones, as Sheets does; Drive passes over them.

    Raises:
        ApiError: 400, a parameter that is not known or whose value is not.
    """

    def __init__(
        self, query: Mapping[str, list[str]], known: Mapping[str, Iterable[str]], *, strict: bool = True
    ) -> None:
        self._values: dict[str, list[str]] = {}
        for name, values in query.items():
            key = name if name in known or name in _ALWAYS else camel(name)
            if strict and key not in known and key not in _ALWAYS:
                raise _unknown(name)
            allowed = tuple(known.get(key, ()))
            for value in values:
                if allowed and value not in allowed:
                    raise _bad_enum(key, value)
            self._values[key] = values

    def all(self, name: str) -> list[str]:
        """Every value of a repeated parameter."""
        return self._values.get(name, [])

    def text(self, name: str, default: str = "") -> str:
        """The value of a parameter."""
        values = self._values.get(name)
        return values[-1] if values else default

    def flag(self, name: str) -> bool:
        """A boolean parameter; Google takes every spelling of true."""
        return self.text(name).lower() in {"true", "1"}


def _bad_request(field: str, text: str) -> ApiError:
    detail = {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        "fieldViolations": [{"field": field, "description": text} if field else {"description": text}],
    }
    return ApiError(400, text, [detail])


def _unknown(name: str) -> ApiError:
    return _bad_request(
        "",
        f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
        f"Field '{name}' could not be found in request message.",
    )


def _bad_enum(name: str, value: str) -> ApiError:
    kind = name[0].upper() + name[1:]
    if name == "majorDimension":
        kind = "Dimension"
    field = snake(name)
    text = f"Invalid value at '{field}' (type.googleapis.com/google.apps.sheets.v4.{kind}), \"{value}\""
    return _bad_request(field, text)
