"""LINE's published OpenAPI file as a check of what is sent, where the file is at hand.

The file (`messaging-api.yml` of github.com/line/line-openapi) hangs its subtypes on discriminators,
which plain JSON Schema ignores: untouched it takes a text message without `text`. Here each
discriminator becomes a choice by the type, and what no schema names is refused.
"""

import copy
import functools
import importlib.util
import os
from pathlib import Path
from typing import Any

import yaml

from simulator.line.limits import Fault, Json

FILE = "line-messaging-api.yml"
_REF = "#/components/schemas/"


def default_file() -> Path | None:
    """The file in the folder `PLATFORM_SPECS` names, or beside the checkout.

    None where there is none, or where jsonschema (a development dependency) is not installed.
    """
    if importlib.util.find_spec("jsonschema") is None:
        return None
    beside = Path(__file__).resolve().parents[2].parent / "shared" / "specs"
    path = Path(os.environ.get("PLATFORM_SPECS", beside)) / FILE
    return path if path.is_file() else None


def faults_of_body(spec: Path | None, name: str, body: Any) -> list[Fault]:
    """Where a body does not fit the schema of that name; nothing where there is no file to check by."""
    if spec is None:
        return []
    found = [
        (error.json_path.removeprefix("$").removeprefix("."), error.message)
        for error in _validator(spec, name).iter_errors(body)
    ]
    # a fault inside a thing also makes the thing look unknown to those around it: keep the inner one
    return [
        (path, message)
        for path, message in found
        if "nevaluated" not in message
        or not any(other != path and other.startswith(path) for other, _ in found)
    ]


@functools.lru_cache
def _validator(spec: Path, name: str) -> Any:
    jsonschema = importlib.import_module("jsonschema")
    components = {"schemas": _schemas(spec)}
    return jsonschema.Draft202012Validator({"$ref": _REF + name, "components": components})


@functools.lru_cache
def _schemas(spec: Path) -> Json:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    document = yaml.load(spec.read_text(encoding="utf-8"), Loader=loader)
    schemas: Json = document["components"]["schemas"]
    for name in [name for name, schema in schemas.items() if "mapping" in schema.get("discriminator", {})]:
        _open_discriminator(schemas, name)
    for name, schema in schemas.items():
        choice = "allOf" in schema and "if" in schema["allOf"][0]
        _tighten(schema, closed=not choice and not name.endswith("__base"))
    return schemas


def _open_discriminator(schemas: Json, name: str) -> None:
    base = copy.deepcopy(schemas[name])
    key, mapping = base["discriminator"]["propertyName"], base.pop("discriminator")["mapping"]
    schemas[f"{name}__base"] = base
    for ref in set(mapping.values()):
        for part in schemas[ref.removeprefix(_REF)].get("allOf", []):
            if part.get("$ref") == _REF + name:
                part["$ref"] = f"{_REF}{name}__base"
    choices = [
        {"if": {"properties": {key: {"const": kind}}}, "then": {"$ref": ref}} for kind, ref in mapping.items()
    ]
    known = {key: {"enum": sorted(mapping)}}
    schemas[name] = {"type": "object", "required": [key], "properties": known, "allOf": choices}


def _tighten(schema: Any, *, closed: bool) -> None:
    """`nullable` becomes a list of types; an object that is not part of another takes no unknown key."""
    if not isinstance(schema, dict):
        return
    if schema.pop("nullable", False) and isinstance(schema.get("type"), str):
        schema["type"] = [schema["type"], "null"]
    if closed and ("properties" in schema or "allOf" in schema):
        schema.setdefault("unevaluatedProperties", False)
    for inner in schema.get("properties", {}).values():
        _tighten(inner, closed=True)
    _tighten(schema.get("items"), closed=True)
    for inner in schema.get("allOf", []):
        _tighten(inner, closed=False)
