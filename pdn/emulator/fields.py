"""Field masks: `sheets(properties(sheetId,title),data.rowData)` as a tree, to trim answers and to apply updates."""

from __future__ import annotations

import copy
import re
from typing import TypeAlias

from pdn.emulator.errors import ApiError, Json, invalid
from pdn.emulator.messages import camel, element, fields_of

Mask: TypeAlias = "dict[str, Mask]"
"""Field name -> what of it; an empty tree is all of it; `*` stands for every field."""

_TOKEN = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*|\*|[().,/])\s*")


def parse_mask(text: str) -> Mask:
    """Read a mask; `.` and `/` both step into a message.

    Raises:
        ValueError: the text is not a mask.
    """
    tokens: list[str] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise ValueError(text)
        tokens.append(found[1])
        at = found.end()
    tree, rest = _items(tokens, 0)
    if rest != len(tokens):
        raise ValueError(text)
    return tree


def _items(tokens: list[str], at: int) -> tuple[Mask, int]:
    tree: Mask = {}
    while True:
        at = _path(tokens, at, tree)
        if at >= len(tokens) or tokens[at] != ",":
            return tree, at
        at += 1


def _path(tokens: list[str], at: int, tree: Mask) -> int:
    """Read one `a.b(c,d)` into the tree; a field asked whole stays whole whatever else is asked of it."""
    if at >= len(tokens) or tokens[at] in "().,/":
        raise ValueError("".join(tokens))
    name = camel(tokens[at])
    at += 1
    inner: Mask = {}
    if at < len(tokens) and tokens[at] in "./":
        at = _path(tokens, at + 1, inner)
    elif at < len(tokens) and tokens[at] == "(":
        inner, at = _items(tokens, at + 1)
        if at >= len(tokens) or tokens[at] != ")":
            raise ValueError("".join(tokens))
        at += 1
    if name not in tree:
        tree[name] = inner
    elif inner and tree[name]:
        _merge(tree[name], inner)
    else:
        tree[name] = {}
    return at


def _merge(into: Mask, other: Mask) -> None:
    for name, inner in other.items():
        if name in into and into[name] and inner:
            _merge(into[name], inner)
        else:
            into[name] = {} if name in into else inner


def response_mask(text: str | None, message: str) -> Mask:
    """The mask of the `fields` parameter, checked against the message of the answer; empty: everything.

    Raises:
        ApiError: 400, a path that the answer does not have.
    """
    if not text:
        return {}
    try:
        tree = parse_mask(text)
    except ValueError:
        raise _no_such_path(text) from None
    wrong = unknown_path(tree, message)
    if wrong:
        raise _no_such_path(wrong)
    return tree


def _no_such_path(path: str) -> ApiError:
    text = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{path}'."
    return ApiError(
        400,
        "Request contains an invalid argument.",
        [
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [{"field": path, "description": text}],
            }
        ],
    )


def unknown_path(tree: Mask, message: str) -> str | None:
    """The first path of the mask that the message does not have."""
    fields = fields_of(message)
    for name, inner in tree.items():
        if name == "*":
            continue
        if name not in fields:
            return name
        wrong = unknown_path(inner, element(fields[name])) if inner else None
        if wrong:
            return f"{name}.{wrong}"
    return None


def trim(value: object, tree: Mask) -> object:
    """What a mask leaves of an answer; lists keep their length, messages their place."""
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [trim(item, tree) for item in value]
    if isinstance(value, dict):
        return {name: trim(value[name], inner) for name, inner in tree.items() if name in value}
    return value


def wants(tree: Mask, *path: str) -> bool:
    """Whether a mask lets something of this path through."""
    for name in path:
        if not tree or "*" in tree:
            return True
        if name not in tree:
            return False
        tree = tree[name]
    return True


def inner_mask(tree: Mask, *path: str) -> Mask:
    """The part of a mask below a path; empty when all of it is let through."""
    for name in path:
        tree = tree.get(name, {})
    return tree


def update_mask(request: Json, where: str, message: str) -> Mask:
    """The `fields` of an update, checked against the message that is updated.

    Args:
        request: the update; its `fields` is read.
        where: how errors name it, as `requests[0].updateCells`.
        message: the message updated.

    Raises:
        ApiError: 400, no field given or one that the message does not have.
    """
    text = request.get("fields", "")
    if not text:
        raise invalid(
            f"Invalid {where}: At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    try:
        tree = parse_mask(text)
    except ValueError:
        raise invalid(f"Invalid {where}: Invalid field mask: {text}") from None
    wrong = unknown_path(tree, message)
    if wrong:
        raise invalid(f"Invalid {where}: Invalid field: {wrong}")
    return tree


def apply(target: Json, source: Json, tree: Mask) -> Json:
    """The target with each field of the mask taken from the source: set where it has it, cleared where not."""
    if "*" in tree:
        return copy.deepcopy(source)
    result = dict(target)
    for name, inner in tree.items():
        if inner and "*" not in inner:
            below, given = result.get(name), source.get(name)
            merged = apply(below if isinstance(below, dict) else {}, given if isinstance(given, dict) else {}, inner)
            if merged:
                result[name] = merged
            else:
                result.pop(name, None)
        elif name in source:
            result[name] = copy.deepcopy(source[name])
        else:
            result.pop(name, None)
    return result
