"""The messages the emulator knows are Google's, and every request answers, even to nonsense."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from pdn.emulator.messages import element, fields_of
from pdn.emulator.requests import HANDLERS

DISCOVERY = json.loads(
    resources.files("googleapiclient.discovery_cache").joinpath("documents/sheets.v4.json").read_text(encoding="utf-8")
)["schemas"]
MESSAGES = json.loads(resources.files("pdn.emulator").joinpath("messages.json").read_text(encoding="utf-8"))


def kind_of(field):
    """A field of the discovery document as messages.json writes it."""
    if "$ref" in field:
        return field["$ref"]
    if field["type"] == "array":
        return f"[{kind_of(field['items'])}]"
    if field["type"] == "object":
        return "{" + kind_of(field["additionalProperties"]) + "}"
    if "enum" in field:
        return "|".join(field["enum"])
    if field["type"] in {"integer", "number"}:
        return field["format"]
    plain = "mask" if field.get("format") == "google-fieldmask" else field["type"]
    return "value" if plain == "any" else plain


@pytest.mark.parametrize("message", sorted(MESSAGES))
def test_a_message_has_googles_fields_and_types(message):
    google = {name: kind_of(field) for name, field in DISCOVERY[message].get("properties", {}).items()}
    ours = fields_of(message)
    assert ours.keys() == google.keys()
    assert {name: kind for name, kind in ours.items() if kind != "-"} == {
        name: kind for name, kind in google.items() if ours[name] != "-"
    }


def test_every_message_named_is_there():
    primitive = {"int32", "double", "float", "boolean", "string", "mask", "value", "-"}
    for fields in MESSAGES.values():
        for kind in fields.values():
            assert element(kind) in MESSAGES or element(kind) in primitive or "|" in kind


def test_each_request_is_either_handled_or_known_as_not_supported():
    requests = fields_of("Request")
    assert HANDLERS.keys() == {name for name, kind in requests.items() if kind != "-"}


@pytest.mark.parametrize("name", sorted(HANDLERS))
@pytest.mark.parametrize("body", [{}, {"fields": "*"}, {"range": {"sheetId": 7}}, {"range": {"startRowIndex": -4}}])
def test_nonsense_is_answered(api, name, body):
    status, answer = api.batch({name: body})
    assert status in {200, 400}
    assert status == 200 or answer["error"]["message"]
