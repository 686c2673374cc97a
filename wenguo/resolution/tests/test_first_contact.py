"""Cause and remedy in one step; each leaves its own rows."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast.resolution import in_days
from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint, StageOutput
from wenguo.investigation.actions import KnownCause
from wenguo.lib.errors import Refused
from wenguo.process.choices import Stage
from wenguo.process.models import TaxonomyNode
from wenguo.resolution.actions import Offer, resolve_at_first_contact


@pytest.fixture
def known(check_missing: TaxonomyNode) -> KnownCause:
    return KnownCause(allegation="没查出异响", reasoning="同批次", node=check_missing, statement="检验单没有路试项")


def test_leaves_the_outputs_of_both_stages(
    taken_on: Complaint, known: KnownCause, offer: Callable[..., Offer], wang: User
) -> None:
    resolved = resolve_at_first_contact(taken_on, known, offer(), by=wang, reply="已与您约好更换。")

    assert (resolved.stage, resolved.is_upheld) == (Stage.FEED_BACK, True)
    outputs = StageOutput.objects.filter(complaint=taken_on, stage__in=(Stage.CAUSE, Stage.RESOLVE))
    assert {row.stage: row.body.get("route", "") for row in outputs} == {"cause": "", "resolve": "first_contact"}
    assert resolved.replies.get().body == "已与您约好更换。"
    assert resolved.remedies.count() == 1


def test_an_amount_that_needs_a_signature_goes_the_long_way(
    taken_on: Complaint, known: KnownCause, offer: Callable[..., Offer], wang: User
) -> None:
    with pytest.raises(Refused) as no:
        resolve_at_first_contact(taken_on, known, offer(amount=Decimal("800.00")), by=wang)

    assert no.value.field == "amount"
    _untouched(taken_on)


def test_a_major_complaint_goes_the_long_way(
    grave_taken_on: Complaint, known: KnownCause, offer: Callable[..., Offer], wang: User
) -> None:
    with pytest.raises(Refused, match="须走完整流程"):
        resolve_at_first_contact(grave_taken_on, known, offer(), by=wang)

    _untouched(grave_taken_on)


def test_from_the_page(
    client: Client,
    taken_on: Complaint,
    check_missing: TaxonomyNode,
    remedy_node: Callable[[str], TaxonomyNode],
    wang: User,
) -> None:
    client.force_login(wang)
    given = {
        "allegation": "没查出异响",
        "reasoning": "同批次",
        "node": check_missing.pk,
        "statement": "检验单没有路试项",
        "title": "免费维修",
        "remedy": remedy_node("repair-free").pk,
        "payment": "none",
        "promised_on": in_days(3).isoformat(),
    }

    address = reverse("resolution:resolve", args=[taken_on.reference])
    assert client.get(address).status_code == 200
    assert client.post(address, given).status_code == 302

    taken_on.refresh_from_db()
    assert taken_on.stage == Stage.FEED_BACK


def _untouched(complaint: Complaint) -> None:
    complaint.refresh_from_db()
    assert complaint.stage == Stage.CAUSE
    assert not complaint.allegations.exists()
    assert not complaint.proposals.exists()
