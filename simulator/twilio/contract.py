"""Requests to the REST API against Twilio's published OpenAPI files, where those are at hand."""

import functools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from multidict import MultiMapping

FILES = ("twilio_api_v2010.json", "twilio_taskrouter_v1.json")

_MEDIA = re.compile(r".*/Recordings/RE\w+(\.wav)?")  # the sound itself, which the files leave out


def default_folder() -> Path | None:
    """The folder that `PLATFORM_SPECS` names, if it is set."""
    folder = os.environ.get("PLATFORM_SPECS")
    return Path(folder) if folder else None


class Contract:
    """What the files say; without any, everything is in order.

    Args:
        folder: where `twilio_api_v2010.json` and `twilio_taskrouter_v1.json` lie; a missing one is not used.
    """

    def __init__(self, folder: Path | None) -> None:
        self._paths: list[tuple[re.Pattern[str], dict[str, Any]]] = []
        self._schemas: dict[str, Any] = {}
        for path in [folder / file for file in FILES] if folder is not None else []:
            if path.is_file():
                self._add(_parsed(path))

    def _add(self, document: dict[str, Any]) -> None:
        for path, item in document["paths"].items():
            pattern = "".join(
                "[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"({\w+})", path)
            )
            self._paths.append((re.compile(pattern), item))
        self._schemas.update(document.get("components", {}).get("schemas", {}))

    def violations(self, method: str, path: str, form: MultiMapping[Any]) -> Iterator[str]:
        """What is wrong with a request, in plain English."""
        item = next((item for pattern, item in self._paths if pattern.fullmatch(path)), None)
        if item is None or method.lower() not in item:
            if self._paths and not _MEDIA.fullmatch(path):
                yield f"Twilio has no {method} {path}"
            return
        content = item[method.lower()].get("requestBody", {}).get("content", {})
        schema = content.get("application/x-www-form-urlencoded", {}).get("schema", {})
        properties = schema.get("properties", {})
        for name in schema.get("required", ()):
            if name not in form:
                yield f"{name} is missing"
        for name in set(form):
            values = form.getall(name)
            if name not in properties:
                yield f"there is no parameter {name}"
            elif properties[name].get("type") != "array" and len(values) > 1:
                yield f"{name} is given {len(values)} times"
            else:
                yield from self._wrong_values(name, properties[name], values)

    def _wrong_values(self, name: str, schema: dict[str, Any], values: list[Any]) -> Iterator[str]:
        schema = self._resolved(schema.get("items", schema) if schema.get("type") == "array" else schema)
        for value in map(str, values):
            if "enum" in schema and value not in schema["enum"]:
                yield f"{name} can't be {value!r}"
            elif schema.get("type") == "boolean" and value.lower() not in ("true", "false"):
                yield f"{name} must be true or false"
            elif schema.get("type") == "integer" and not re.fullmatch(r"-?\d+", value):
                yield f"{name} must be a whole number"

    def _resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        reference = schema.get("$ref")
        return self._schemas[reference.rsplit("/", 1)[1]] if reference else schema


@functools.lru_cache
def _parsed(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document
