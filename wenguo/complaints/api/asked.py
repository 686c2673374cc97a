"""What every operation begins with: who calls, which complaint, which place in a tree, which colleague."""

from collections.abc import Callable
from typing import Any

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from wenguo.accounts.access import caller_for
from wenguo.accounts.choices import Scope
from wenguo.accounts.models import Unit, User
from wenguo.complaints.access import get_complaint_for
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import Refused
from wenguo.lib.standing import Standing, standing
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode
from wenguo.process.queries import node
from wenguo.ui.found import found

router = Router(tags=["complaints"])


def caller(request: HttpRequest, scope: Scope = Scope.COMPLAINTS_WRITE) -> User:
    return caller_for(request.auth, scope)  # type: ignore[attr-defined]


def asked(request: HttpRequest, reference: str, scope: Scope = Scope.COMPLAINTS_WRITE) -> tuple[User, Complaint]:
    """Who calls, and the complaint they may see; an action reads the whole row by itself."""
    user = caller(request, scope)
    return user, found(get_complaint_for, user, reference, lightly=scope == Scope.COMPLAINTS_WRITE)


def step(request: HttpRequest, reference: str, act: Callable[..., object], **given: Any) -> Standing:
    """Takes the step as the caller; where the complaint stands then."""
    user, complaint = asked(request, reference)
    act(complaint, by=user, **given)
    return standing(complaint)


def node_of(tree: TreeKind, code: str, name: str) -> TaxonomyNode:
    place = node(tree, code)
    if place is None:
        raise Refused(
            _("There is no “%(code)s” in the tree %(tree)s.") % {"code": code, "tree": tree.label}, field=name
        )
    return place


def node_or_none(tree: TreeKind, code: str, name: str) -> TaxonomyNode | None:
    return node_of(tree, code, name) if code else None


def person_of(username: str, name: str) -> User:
    person = User.objects.filter(username=username).select_related("unit").first()
    if person is None:
        raise Refused(_("There is nobody with the user name “%(name)s”.") % {"name": username}, field=name)
    return person


def unit_or_none(code: str, name: str) -> Unit | None:
    if not code:
        return None
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        raise Refused(_("There is no unit “%(code)s”.") % {"code": code}, field=name)
    return unit


def one_of(choices: type[TextChoices], value: str, name: str) -> str:
    """A value of these choices; anything else is refused with what there is."""
    if value not in choices.values:
        raise Refused(_("Choose one of: %(values)s.") % {"values": ", ".join(choices.values)}, field=name)
    return value
