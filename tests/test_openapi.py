"""The API does what its description says: schemathesis asks every operation, with what the description allows and with
what it forbids. The complaint in the address is a real one, and the caller holds every role."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from config.wsgi import application
from wenguo.accounts.actions import enrol_person, make_token
from wenguo.accounts.choices import Role, Scope
from wenguo.accounts.models import Unit
from wenguo.complaints.models import Complaint
from wenguo.lib.actors import SYSTEM

pytestmark = [pytest.mark.slow, pytest.mark.once, pytest.mark.django_db]

EXAMPLES = 6  # an operation
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    ignored_auth,
]
described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def token(head_office: Unit) -> str:
    """Of somebody who may do everything everywhere, so that requests get as deep as they can."""
    roles = [(role, head_office) for role in Role]
    able = enrol_person(
        username="able", name="万能", email="able@example.com", unit=head_office,
        password="a river of 10 fish", roles=roles, by=SYSTEM,
    )  # fmt: skip
    return make_token(able, name="schemathesis", scopes=list(Scope.values), by=able)[1]


@described.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],  # the boundary values of its coverage phase cost four times as much
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_answers_as_described(case: Any, token: str, reply_approved: Complaint) -> None:
    if "reference" in case.path_parameters:
        case.path_parameters["reference"] = reply_approved.reference
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
