"""The REST API: one NinjaAPI, orjson, errors as problem+json in the caller's language. Routers are the rooms'."""

from typing import Any

import orjson
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import BaseRenderer
from ninja.responses import NinjaJSONEncoder
from ninja.types import DictStrAny

from config.description import DESCRIPTION, DescribedAPI
from config.idempotency import answered_once
from config.problems import fault_of, title_for
from wenguo.accounts.api import AUTH
from wenguo.accounts.api import router as me
from wenguo.complaints.api import router as complaints
from wenguo.customers.api import router as customers
from wenguo.dispatch.api import router as dispatch
from wenguo.dispatch.api import routing
from wenguo.followup.api import router as followup
from wenguo.insights.api import router as insights
from wenguo.investigation.api import router as investigation
from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.process.api import router as process
from wenguo.resolution.api import router as resolution
from wenguo.supervision.api import router as supervision


class OrjsonParser(Parser):
    def parse_body(self, request: HttpRequest) -> DictStrAny:
        if b"\\u0000" in request.body:
            raise ValueError("a null byte: no database keeps it")
        body: DictStrAny = orjson.loads(request.body)
        return body


class OrjsonRenderer(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data, default=NinjaJSONEncoder().default)


api = DescribedAPI(
    title="wenguo 闻过",
    version="1",
    description=DESCRIPTION,
    parser=OrjsonParser(),
    renderer=OrjsonRenderer(),
    urls_namespace="api",
    auth=AUTH,
)
api.add_router("/me", me)
api.add_router("/customers", customers)
api.add_router("/process", process)
api.add_router("/routing-rules", routing)
api.add_router("", insights)
for room in (complaints, dispatch, investigation, resolution, followup, supervision):
    api.add_router("/complaints", room)


def problem(status: int, title: str, detail: str = "", **more: Any) -> HttpResponse:
    """An answer in the form of RFC 9457."""
    body = {"type": "about:blank", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    return HttpResponse(orjson.dumps(body | more), status=status, content_type="application/problem+json")


@api.exception_handler(NotAllowed)
def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    return problem(403, _("Not allowed"), error.sentence)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    errors = [{"field": error.field, "message": error.sentence}] if error.field else []
    return problem(422, _("Refused"), error.sentence, errors=errors)


@api.exception_handler(Changed)
def changed(request: HttpRequest, error: Changed) -> HttpResponse:
    now = {} if error.version is None else {"version": error.version}
    return problem(409, _("Changed in the meantime"), error.sentence, changes=error.changes, **now)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    faults = [fault_of(one) for one in error.errors]
    return problem(422, _("The request is not valid"), _("Correct the fields listed in errors."), errors=faults)


@api.exception_handler(AuthenticationError)
def unknown_caller(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    answer = problem(401, _("Sign in first"), _("Send a valid token: Authorization: Bearer …"))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(Http404)
@api.exception_handler(ObjectDoesNotExist)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    """What is not there and what the caller may not see look alike."""
    return problem(404, _("Not found"))


@api.exception_handler(HttpError)
def other(request: HttpRequest, error: HttpError) -> HttpResponse:
    detail = _("Send valid JSON in UTF-8.") if error.status_code == 400 else str(error)
    return problem(error.status_code, title_for(error.status_code), detail)


api.add_decorator(answered_once(refused), mode="view")
