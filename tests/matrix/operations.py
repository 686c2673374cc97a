"""Every operation of the API, asked with a body made from its own schema."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client

from config.api import api

_BY_FORMAT = {"date": "2026-11-20", "date-time": "2026-11-20T10:00:00Z"}


@dataclass(frozen=True)
class Operation:
    """One verb on one path; `body` is a smallest valid one, None where there is none."""

    name: str
    method: str
    path: str
    body: Any


def operations() -> list[Operation]:
    schema = api.get_openapi_schema()
    found = [
        Operation(f"{method.upper()} {path.removeprefix('/api/v1')}", method, path, _body(schema, spec))
        for path, verbs in schema["paths"].items()
        for method, spec in verbs.items()
    ]
    return sorted(found, key=lambda one: one.name)


def ask(client: Client, one: Operation, values: Mapping[str, Any]) -> Any:
    """Asks with the session of a browser that sends no CSRF check (the test client)."""
    room = "customers" if "/customers/" in one.path else "api"
    path = one.path
    for name in ("reference", "pk", "point", "position", "code", "kind", "clock"):
        value = values.get(f"{room} {name}", values.get(name, 1))
        path = path.replace("{" + name + "}", str(value))
    if one.body is None:
        return getattr(client, one.method)(path)
    body = {name: values.get(f"body {name}", value) if value == 1 else value for name, value in one.body.items()}
    return getattr(client, one.method)(path, body, content_type="application/json")


def _body(schema: Mapping[str, Any], spec: Mapping[str, Any]) -> Any:
    content = spec.get("requestBody", {}).get("content", {})
    wanted = content.get("application/json", {}).get("schema")
    return None if wanted is None else _sample(schema, wanted)


def _sample(schema: Mapping[str, Any], wanted: Mapping[str, Any]) -> Any:
    if "$ref" in wanted:
        return _sample(schema, schema["components"]["schemas"][wanted["$ref"].rsplit("/", 1)[-1]])
    if "enum" in wanted:
        return wanted["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in wanted:
            return _sample(schema, wanted[key][0])
    kind = wanted.get("type")
    if kind == "object":
        required = wanted.get("required", [])
        return {name: _sample(schema, wanted["properties"][name]) for name in required}
    if kind == "array":
        return [_sample(schema, wanted["items"])]
    if kind == "string":
        return _BY_FORMAT.get(wanted.get("format", ""), "something")
    return {"integer": 1, "number": 1, "boolean": True}.get(str(kind))
