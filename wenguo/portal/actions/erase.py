"""Erasing a person: posts of the public form that were held, codes that prove."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.complaints.models import Complaint
from wenguo.customers import queries
from wenguo.customers.access import check_may_erase
from wenguo.customers.actions import Tally
from wenguo.customers.choices import Erased
from wenguo.customers.models import Customer
from wenguo.customers.rules import speaks_of
from wenguo.lib.actors import Actor
from wenguo.portal.actions.post import WebPost, as_text
from wenguo.portal.choices import HeldState
from wenguo.portal.models import HeldPost, TrackingCode


@transaction.atomic
def forget(customer: Customer, *, by: Actor) -> Tally:
    """What they typed into the form goes, released or not; that a post was held, and who decided, stays."""
    check_may_erase(by)
    complaints = Complaint.objects.filter(customer__in=queries.family(customer))
    TrackingCode.objects.filter(complaint__in=complaints).delete()
    keys = [held.pk for held in _posts_of(customer)]
    HeldPost.objects.filter(pk__in=keys).update(body=as_text(WebPost(words="")), files=[], note="")
    return {Erased.POSTS: len(keys)}


def reasons_to_wait(customer: Customer) -> list[str]:
    """A post that waits may be a complaint: somebody must decide about it first."""
    waiting = sum(held.state == HeldState.WAITING for held in _posts_of(customer))
    said = _("%(count)d held posts of this customer wait for a decision. Release or discard them first.")
    return [said % {"count": waiting}] if waiting else []


def held_contents(contents: Iterable[str]) -> set[str]:
    """Those of these contents (by hash) that some held post still brings along."""
    files = HeldPost.objects.exclude(files=[]).values_list("files", flat=True)
    return {file["sha256"] for kept in files for file in kept} & set(contents)


def contents_held(customer: Customer) -> set[str]:
    """The contents (by hash) of the files in this customer's held posts."""
    return {file["sha256"] for held in _posts_of(customer) for file in held.files}


def _posts_of(customer: Customer) -> list[HeldPost]:
    """By the complaint it became, else by number or address. Bodies are sealed: each is opened and looked into."""
    traces, keys = queries.traces(customer), set(queries.family(customer))
    rows = HeldPost.objects.select_related("complaint").iterator(chunk_size=500)
    return [
        held
        for held in rows
        if (held.complaint and held.complaint.customer_id in keys) or (traces and speaks_of(held.body, traces))
    ]
