"""Clock rules: which apply to given facts on a day, and how a version follows another. And the authority matrix."""

from datetime import date
from decimal import Decimal

import pytest

from wenguo.accounts.choices import Role
from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process import queries
from wenguo.process.actions import (
    add_clock_rule,
    new_clock_rule_version,
    set_authority,
    set_clock_rule_active,
)
from wenguo.process.models import ClockRule, Standard
from wenguo.process.rules import applies

NOVEMBER = date(2026, 11, 22)


def codes(facts: dict[str, object], on: date = NOVEMBER, places: tuple[str, ...] = ("CN",)) -> list[str]:
    return [rule.code for rule in queries.clock_rules_for(facts, on, jurisdictions=places)]


@pytest.mark.parametrize(
    ("condition", "facts", "expected"),
    [
        ({}, {}, True),
        ({"is_vehicle": True}, {"is_vehicle": True}, True),
        ({"is_vehicle": True}, {"is_vehicle": False}, False),
        ({"is_vehicle": True}, {}, False),
        ({"remedy": ["return", "refund"]}, {"remedy": "refund"}, True),
        ({"remedy": ["return", "refund"]}, {"remedy": ["repair", "return"]}, True),
        ({"remedy": "return"}, {"remedy": ["repair"]}, False),
        ({"age_months": {"max": 24}}, {"age_months": 24}, True),
        ({"age_months": {"max": 24}}, {"age_months": 25}, False),
        ({"age_months": {"min": 3}}, {"age_months": "3"}, False),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, False),
    ],
)
def test_a_condition_holds_when_every_fact_does(
    condition: dict[str, object], facts: dict[str, object], expected: bool
) -> None:
    assert applies(condition, facts) is expected


def test_a_referral_follows_the_regulation_in_force_on_the_day(standard: Standard) -> None:
    referral: dict[str, object] = {"is_referral": True}
    assert codes(referral, date(2026, 4, 14)) == ["cn.samr.20.accept", "cn.samr.20.mediate"]
    assert codes(referral, date(2026, 4, 15))[0] == "cn.samr.121.accept"


def test_a_car_to_be_returned_inside_the_period(standard: Standard) -> None:
    facts: dict[str, object] = {"is_vehicle": True, "in_exchange_period": True, "remedy": ["return"]}
    assert codes(facts) == ["cn.auto-3bao.answer", "cn.auto-3bao.complete"]
    assert codes({"is_vehicle": True, "remedy": ["return"]}) == []


def test_another_jurisdiction_is_asked_for(standard: Standard) -> None:
    facts: dict[str, object] = {"industry": "finance", "is_payment": True, "importance": "ordinary"}
    assert codes(facts) == ["cn.finance.simple"]
    assert codes(facts, places=("UK",)) == ["uk.fca.payments", "uk.fca.src"]


def test_an_agencys_duty_is_information(standard: Standard) -> None:
    assert ClockRule.objects.get(code="cn.samr.121.mediate").is_informational
    assert not ClockRule.objects.get(code="cn.auto-3bao.answer").is_informational


def test_a_new_version_follows_the_old_one_without_a_gap(standard: Standard, ada: User) -> None:
    old = ClockRule.objects.get(code="cn.auto-3bao.answer")
    new = new_clock_rule_version(old, effective_from=date(2027, 1, 1), by=ada, limit=5)
    old.refresh_from_db()
    assert (old.effective_to, new.version, new.limit, new.name_zh) == (date(2026, 12, 31), 2, 5, old.name_zh)
    facts: dict[str, object] = {"is_vehicle": True, "in_exchange_period": True, "remedy": ["return"]}
    assert [rule.version for rule in queries.clock_rules_for(facts, date(2026, 12, 31))] == [1, 1]
    assert [rule.version for rule in queries.clock_rules_for(facts, date(2027, 1, 1))] == [2, 1]
    assert queries.clock_rule("cn.auto-3bao.answer", 1) == old


def test_a_version_cannot_begin_before_the_one_it_follows(standard: Standard, ada: User) -> None:
    old = ClockRule.objects.get(code="cn.auto-3bao.answer")
    with pytest.raises(Refused) as refused:
        new_clock_rule_version(old, effective_from=date(2022, 1, 1), by=ada, limit=5)
    assert (refused.value.field, ClockRule.objects.filter(code=old.code).count()) == ("effective_from", 1)


def test_a_version_that_says_the_same_is_refused(standard: Standard, ada: User) -> None:
    old = ClockRule.objects.get(code="cn.auto-3bao.answer")
    with pytest.raises(Refused):
        new_clock_rule_version(old, effective_from=date(2027, 1, 1), by=ada, limit=10)
    assert ClockRule.objects.get(code=old.code).effective_to is None


def test_a_rule_of_our_own(standard: Standard, ada: User) -> None:
    terms = {"name_zh": "VIP", "name_en": "VIP", "start_event": "receipt", "stop_event": "answered"}
    add_clock_rule(code="company.vip", by=ada, limit=2, unit="hour", applies_when={"is_key": True}, **terms)
    assert codes({"is_key": True}) == ["company.vip"]
    with pytest.raises(Refused):
        add_clock_rule(code="company.vip", by=ada, limit=2, unit="hour", **terms)
    with pytest.raises(Refused):
        add_clock_rule(code="company.other", by=ada, limit=0, unit="hour", **terms)
    assert not ClockRule.objects.filter(code="company.other").exists()


def test_a_rule_switched_off_no_longer_applies(standard: Standard, ada: User) -> None:
    set_clock_rule_active(ClockRule.objects.get(code="cn.samr.121.accept"), False, by=ada)
    assert "cn.samr.121.accept" not in codes({"is_referral": True})


def test_authority_is_set_changed_and_taken_away(standard: Standard, ada: User) -> None:
    set_authority(Role.REVIEWER, Decimal("5000"), by=ada, needs_second=True)
    limit = queries.authority_for(Role.REVIEWER)
    assert limit is not None
    assert (limit.max_amount, limit.needs_second) == (Decimal("5000"), True)
    assert [row.role for row in queries.roles_that_may_approve(Decimal("4000"))] == [
        "reviewer",
        "duty_manager",
        "manager",
    ]
    set_authority(Role.REVIEWER, None, by=ada)
    assert queries.authority_for(Role.REVIEWER) is None
    assert queries.roles_that_may_approve(Decimal("1000000")) == []


def test_setting_what_is_already_so_leaves_no_trace(standard: Standard, ada: User) -> None:
    before = AuditEntry.objects.count()
    set_authority(Role.MANAGER, Decimal("200000.00"), by=ada, needs_second=True)
    assert AuditEntry.objects.count() == before


def test_a_negative_amount_is_refused(standard: Standard, ada: User) -> None:
    with pytest.raises(Refused):
        set_authority(Role.MANAGER, Decimal("-1"), by=ada)
    limit = queries.authority_for(Role.MANAGER)
    assert limit is not None
    assert limit.max_amount == Decimal("200000.00")


def test_stranger_cannot_change_authority(standard: Standard, mei: User) -> None:
    with pytest.raises(NotAllowed):
        set_authority(Role.MANAGER, Decimal("900000"), by=mei)
    limit = queries.authority_for(Role.MANAGER)
    assert limit is not None
    assert limit.max_amount == Decimal("200000.00")
