"""The check by an OpenAPI file of LINE's manner: subtypes by discriminator, each extending its base."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.line.schema import faults_of_body

SPEC: dict[str, Any] = {
    "openapi": "3.0.0",
    "components": {
        "schemas": {
            "Message": {
                "type": "object",
                "required": ["type"],
                "properties": {"type": {"type": "string"}, "sender": {"$ref": "#/components/schemas/Sender"}},
                "discriminator": {
                    "propertyName": "type",
                    "mapping": {
                        "text": "#/components/schemas/TextMessage",
                        "flex": "#/components/schemas/FlexMessage",
                    },
                },
            },
            "TextMessage": {
                "allOf": [
                    {"$ref": "#/components/schemas/Message"},
                    {"required": ["text"], "properties": {"text": {"type": "string"}}},
                ]
            },
            "FlexMessage": {
                "allOf": [
                    {"$ref": "#/components/schemas/Message"},
                    {
                        "required": ["altText"],
                        "properties": {"altText": {"type": "string", "nullable": True}},
                    },
                ]
            },
            "Sender": {"type": "object", "properties": {"name": {"type": "string"}}},
            "Push": {
                "type": "object",
                "required": ["to", "messages"],
                "properties": {
                    "to": {"type": "string"},
                    "messages": {
                        "type": "array",
                        "maxItems": 5,
                        "items": {"$ref": "#/components/schemas/Message"},
                    },
                },
            },
        }
    },
}


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "line-messaging-api.yml"
    path.write_text(yaml.safe_dump(SPEC), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": "a"},
        {"type": "text", "text": "a", "sender": {"name": "b"}},
        {"type": "flex", "altText": None},
    ],
)
def test_what_fits(spec: Path, message: dict[str, Any]) -> None:
    assert faults_of_body(spec, "Push", {"to": "U1", "messages": [message]}) == []


@pytest.mark.parametrize(
    ("message", "where", "why"),
    [
        ({"type": "text"}, "messages[0]", "'text' is a required property"),
        ({"type": "text", "text": "a", "txet": "b"}, "messages[0]", "txet"),
        ({"type": "telegram"}, "messages[0].type", "telegram"),
        ({"type": "text", "text": "a", "sender": {"nam": "b"}}, "messages[0].sender", "nam"),
        ({"type": "text", "text": None}, "messages[0].text", "None"),
    ],
)
def test_what_does_not(spec: Path, message: dict[str, Any], where: str, why: str) -> None:
    ((path, text),) = faults_of_body(spec, "Push", {"to": "U1", "messages": [message]})
    assert path == where
    assert why in text


def test_without_a_file_nothing_is_checked() -> None:
    assert faults_of_body(None, "Push", {}) == []
