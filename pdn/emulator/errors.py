"""What goes wrong, said as Google says it: status, message and details of an error answer."""

from __future__ import annotations

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

_STATUS = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    409: "ALREADY_EXISTS",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


class ApiError(Exception):
    """An error answer of the API.

    Args:
        code: the HTTP status.
        message: Google's sentence.
        details: Google's machine-readable details, if any.
        body: a whole body instead of Sheets' shape (Drive has its own).
    """

    def __init__(self, code: int, message: str, details: list[Json] | None = None, body: Json | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self._details = details
        self._body = body

    def body(self) -> Json:
        """The JSON body Google would send."""
        if self._body is not None:
            return self._body
        status = _STATUS.get(self.code, "UNKNOWN")
        error: Json = {"code": self.code, "message": self.message, "status": status}
        if self._details:
            error["details"] = self._details
        return {"error": error}


def invalid(message: str) -> ApiError:
    """A 400 with this message."""
    return ApiError(400, message)


def not_found() -> ApiError:
    """The 404 of a spreadsheet that does not exist."""
    return ApiError(404, "Requested entity was not found.")


def forbidden() -> ApiError:
    """The 403 of a spreadsheet that is not shared with the caller."""
    return ApiError(403, "The caller does not have permission")


def violations(found: list[tuple[str, str]]) -> ApiError:
    """The 400 of a payload that does not fit its message: one line and one detail per (field, text)."""
    details = [{"field": field, "description": text} if field else {"description": text} for field, text in found]
    return ApiError(
        400,
        "\n".join(text for _, text in found),
        [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": details}],
    )


def unsupported(what: str) -> ApiError:
    """The 400 of something that Google knows and this emulator does not."""
    return ApiError(400, f"{what} is not supported by this emulator of the Google Sheets API.")
