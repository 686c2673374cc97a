"""Changing customers: versions, contact points, holdings, consent, the contact log, merging, reveals, erasure."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.customers import actions
from wenguo.customers.choices import Purpose
from wenguo.customers.models import BlindToken, Customer, Interaction
from wenguo.customers.queries import customer_page, find_customers, has_consent
from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.process.models import TaxonomyNode

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone_channel(db: None) -> TaxonomyNode:
    return TaxonomyNode.objects.get_or_create(
        tree="channel", code="phone", defaults={"name_zh": "电话", "name_en": "Phone", "path": "/phone/"}
    )[0]


def test_a_new_name_is_found_and_the_old_one_is_not(zhang: Customer, alice: User) -> None:
    actions.change_customer(zhang, by=alice, name="李雷")
    assert len(find_customers("李雷", alice).rows) == 1
    assert find_customers("张伟", alice).rows == []


def test_the_second_of_two_people_is_told(zhang: Customer, alice: User, bob: User) -> None:
    seen = Customer.objects.get(pk=zhang.pk).version
    actions.change_customer(zhang, by=alice, version=seen, note="prefers mornings")

    with pytest.raises(Changed):
        actions.change_customer(zhang, by=bob, version=seen, note="prefers evenings")

    assert Customer.objects.get(pk=zhang.pk).note == "prefers mornings"


def test_a_null_byte_is_refused_with_its_field(zhang: Customer, alice: User) -> None:
    with pytest.raises(Refused) as refusal:
        actions.change_customer(zhang, by=alice, note="nul\0l")
    assert refusal.value.field == "note"


def test_a_unit_handler_cannot_change_customers(zhang: Customer, wang: User) -> None:
    entries = AuditEntry.objects.count()
    with pytest.raises(NotAllowed):
        actions.change_customer(zhang, by=wang, name="x")
    assert AuditEntry.objects.count() == entries


def test_a_contact_point_is_recorded_once(zhang: Customer, alice: User) -> None:
    with pytest.raises(Refused):
        actions.add_contact_point(zhang, by=alice, kind="phone", value="+86 138 1234 6021")


def test_removing_the_primary_number_makes_another_one_primary(zhang: Customer, alice: User) -> None:
    second = actions.add_contact_point(zhang, by=alice, kind="phone", value="13900001111")
    actions.remove_contact_point(zhang.contact_points.get(kind="phone", is_primary=True), by=alice)

    second.refresh_from_db()
    assert second.is_primary
    assert find_customers("6021", alice).rows == []
    assert len(find_customers("1111", alice).rows) == 1


def test_a_holding_needs_something_to_go_by(zhang: Customer, alice: User) -> None:
    with pytest.raises(Refused):
        actions.add_holding(zhang, by=alice)


def test_a_day_of_purchase_in_the_future_is_refused(zhang: Customer, alice: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused) as refusal:
        actions.add_holding(zhang, by=alice, description="M7", bought_on=tomorrow)
    assert refusal.value.field == "bought_on"


def test_consent_keeps_its_history(zhang: Customer, alice: User) -> None:
    actions.record_consent(zhang, by=alice, purpose=Purpose.CALL_BACK, is_given=True, source="call of today")
    actions.record_consent(zhang, by=alice, purpose=Purpose.CALL_BACK, is_given=False, source="letter")

    shown = next(row for row in customer_page(zhang, alice).consents if row.purpose == Purpose.CALL_BACK)
    assert (shown.newest and shown.newest.is_given, [old.source for old in shown.history]) == (False, ["call of today"])
    assert has_consent(zhang, Purpose.CALL_BACK) is False


def test_a_contact_is_logged(zhang: Customer, alice: User, phone_channel: TaxonomyNode) -> None:
    actions.log_interaction(zhang, by=alice, direction="in", channel=phone_channel, summary="  gearbox noise ")
    logged = Interaction.objects.get()
    assert (logged.summary, logged.by, logged.customer) == ("gearbox noise", alice, zhang)


def test_showing_contact_points_is_recorded_with_its_reason(zhang: Customer, alice: User) -> None:
    points = actions.reveal_customer(zhang, by=alice, reason="call back")

    assert "+8613812346021" in [point.value for point in points]
    read = ReadEntry.objects.get()
    assert (read.subject, read.reason, read.count) == (zhang.audit_chain, "call back", 3)


def test_showing_without_a_reason_is_refused(zhang: Customer, alice: User) -> None:
    with pytest.raises(Refused):
        actions.reveal_customer(zhang, by=alice, reason="  ")
    assert not ReadEntry.objects.exists()


def test_an_administrator_cannot_show_contact_points(zhang: Customer, ada: User) -> None:
    with pytest.raises(NotAllowed):
        actions.reveal_customer(zhang, by=ada, reason="curious")


def test_merging_moves_no_row(zhang: Customer, alice: User) -> None:
    other = actions.find_or_create_customer(name="张小伟", phone="13900001111", by=alice)
    actions.merge_customers(other, zhang, by=alice, reason="same car")

    assert other.contact_points.count() == 1
    with pytest.raises(Refused):
        actions.change_customer(other, by=alice, name="x")


def test_nobody_merges_with_themselves(zhang: Customer, alice: User) -> None:
    with pytest.raises(Refused):
        actions.merge_customers(zhang, zhang, by=alice, reason="x")


def test_forgetting_leaves_nothing_personal(
    zhang: Customer, alice: User, ada: User, phone_channel: TaxonomyNode
) -> None:
    actions.log_interaction(zhang, by=alice, direction="in", channel=phone_channel, summary="I am Zhang Wei")

    gone = actions.forget(zhang, by=ada)

    assert gone == {"names": 1, "contacts": 3, "talks": 1, "holdings": 1}
    left = Customer.objects.get(pk=zhang.pk)
    assert (left.full_name, left.contact_points.count(), BlindToken.objects.count()) == ("", 0, 0)
    assert left.holdings.get().serial == ""
    assert left.interactions.get().summary == ""
    assert AuditEntry.objects.filter(chain=zhang.audit_chain, event="forgotten").exists()


def test_an_agent_cannot_erase(zhang: Customer, alice: User) -> None:
    with pytest.raises(NotAllowed):
        actions.forget(zhang, by=alice)
    assert Customer.objects.get(pk=zhang.pk).full_name == "张伟"


def test_the_form_comes_back_with_what_changed_and_what_was_typed(
    zhang: Customer, alice: User, bob: User, client: Client
) -> None:
    seen = Customer.objects.get(pk=zhang.pk).version
    actions.change_customer(zhang, by=alice, note="上午方便")
    client.force_login(bob)
    typed = {
        "version": seen,
        "kind": "person",
        "name": "张伟",
        "value_tier": "key",
        "language": "zh-hans",
        "note": "晚上",
    }

    answer = client.post(f"/desk/customers/{zhang.pk}/edit/", typed)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "林晓 · 修改了: 备注 · " in shown
    assert "晚上" in shown
    assert f'name="version" value="{seen + 1}"' in shown
    assert Customer.objects.get(pk=zhang.pk).note == "上午方便"

    assert client.post(f"/desk/customers/{zhang.pk}/edit/", {**typed, "version": seen + 1}).status_code == 302
    assert Customer.objects.get(pk=zhang.pk).note == "晚上"


def test_a_product_changed_meanwhile_is_not_overwritten(
    zhang: Customer, alice: User, bob: User, client: Client
) -> None:
    seen = Customer.objects.get(pk=zhang.pk).version
    holding = zhang.holdings.get()
    actions.change_holding(holding, by=alice, mileage_km=84_900)
    client.force_login(bob)

    answer = client.post(
        f"/desk/customers/{zhang.pk}/products/{holding.pk}/", {"version": seen, "description": "海川 M9"}
    )

    assert answer.status_code == 409
    assert zhang.holdings.get().mileage_km == 84_900
