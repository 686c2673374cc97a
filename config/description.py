"""What the API's description (OpenAPI) says of every operation at once: problems, repeated requests, paging, tokens."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

DESCRIPTION = """Complaints and every step of their life cycle.

**Who asks**: `Authorization: Bearer …` with a token made under "My settings"; it carries scopes and an end date.
**Errors** are `application/problem+json` (RFC 9457) in the language of the `Accept-Language` header; `errors` names the
fields. What is not there and what the caller may not see are both 404.
**Sent twice**: with an `Idempotency-Key` the same request gets the same answer and nothing is done again; the key with
another request is refused (422).
**Two at once**: steps take the `version` that was read; when somebody else was quicker the answer is 409 and says what
changed.
**Lists** come in pages: `next` is the `cursor` of the page that follows, null at the end.
"""
_FIELD = {"field": {"type": "string"}, "message": {"type": "string"}, "code": {"type": "string"}}
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "array", "items": {"type": "object", "required": ["message"], "properties": _FIELD}},
        "changes": {"type": "array", "items": {"type": "string"}},
        "version": {"type": "integer"},
    },
}
ANSWER = {
    "description": "A problem (RFC 9457), in the caller's language",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "One's own mark of this request: sent again with it, nothing is done twice",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}


class DescribedAPI(NinjaAPI):
    """Adds to each operation what holds for all of them."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        parts = schema["components"]
        parts["schemas"]["Problem"] = PROBLEM
        parts.update(responses={"Problem": ANSWER}, parameters={"IdempotencyKey": KEY})
        for verbs in schema["paths"].values():
            for verb, operation in verbs.items():
                operation["responses"]["default"] = {"$ref": "#/components/responses/Problem"}
                if verb != "get":
                    operation["parameters"].append({"$ref": "#/components/parameters/IdempotencyKey"})
        return schema
