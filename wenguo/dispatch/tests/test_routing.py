"""Routing rules: what they suggest, the order, preview, out and in as one file."""

import pytest
from django.test import Client

from wenguo.accounts.models import Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.dispatch.actions import RuleTerms, create_rule, delete_rule, import_rules, move_rule
from wenguo.dispatch.models import RoutingRule
from wenguo.dispatch.queries import exported_rules, preview, suggest_route
from wenguo.dispatch.rules import Condition, Facts, fits
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.models import TaxonomyNode


@pytest.fixture
def rules(
    gearbox_noise: TaxonomyNode, workshop: Unit, parts: Unit, service_centre: Unit, wang: User, ada: User
) -> list[RoutingRule]:
    """Gearbox issues to the workshop, everything else to the service centre."""
    above = gearbox_noise.parent or gearbox_noise
    gearbox = RuleTerms(
        name_zh="传动系统", name_en="Drivetrain", position=10, issue=above, lead_unit=workshop, owner=wang,
        assisting_units=[parts],
    )  # fmt: skip
    rest = RuleTerms(name_zh="其余", name_en="The rest", position=20, lead_unit=service_centre)
    return [create_rule(gearbox, by=ada), create_rule(rest, by=ada)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(), True),
        (Condition(issue="/drivetrain/"), True),
        (Condition(issue="/drivetrain/gearbox/"), True),
        (Condition(issue="/body/"), False),
        (Condition(product="/m7/"), False),
        (Condition(importance="major"), False),
        (Condition(is_urgent=False), True),
        (Condition(is_urgent=True), False),
    ],
)
def test_a_place_in_a_tree_holds_for_all_below(condition: Condition, expected: bool) -> None:
    facts = Facts(issue="/drivetrain/gearbox/", importance="ordinary")
    assert fits(condition, facts) is expected


def test_the_first_rule_that_fits_is_suggested_with_its_reason(
    weighed: Complaint, rules: list[RoutingRule], workshop: Unit, parts: Unit, wang: User
) -> None:
    suggestion = suggest_route(weighed)

    assert suggestion is not None
    assert (suggestion.rule, suggestion.lead_unit, suggestion.owner) == (rules[0], workshop, wang)
    assert suggestion.assisting_units == [parts]
    assert suggestion.reason.startswith("规则“传动系统”：问题: ")


def test_the_person_complained_of_is_never_suggested(weighed: Complaint, rules: list[RoutingRule], wang: User) -> None:
    weighed.respondent_user = wang

    suggestion = suggest_route(weighed)

    assert suggestion is not None
    assert suggestion.owner is None


def test_without_rules_nothing_is_suggested(weighed: Complaint) -> None:
    assert suggest_route(weighed) is None


def test_moving_a_rule_up_changes_who_wins(weighed: Complaint, rules: list[RoutingRule], ada: User) -> None:
    move_rule(rules[1], by=ada, up=True)

    suggestion = suggest_route(weighed)
    assert suggestion is not None
    assert suggestion.rule == rules[1]


def test_preview_counts_what_would_match(
    weighed: Complaint, rules: list[RoutingRule], gearbox_noise: TaxonomyNode, carol: User
) -> None:
    shown = preview(carol, Condition(issue=gearbox_noise.path), position=50)

    assert (shown.looked_at, shown.matched, shown.taken_by_earlier) == (1, 1, 1)
    assert shown.sample == [weighed]


def test_a_file_goes_out_and_comes_in_the_same(rules: list[RoutingRule], ada: User) -> None:
    before = exported_rules()

    assert import_rules(before, by=ada) == 2

    assert exported_rules() == before


def test_a_machine_sends_back_what_it_read(client: Client, rules: list[RoutingRule], ada: User) -> None:
    client.force_login(ada)
    before = client.get("/api/v1/routing-rules").content
    answer = client.put("/api/v1/routing-rules", before, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"rules": 2})
    assert client.get("/api/v1/routing-rules").content == before


def test_one_wrong_line_changes_nothing(rules: list[RoutingRule], ada: User) -> None:
    exported = exported_rules()
    exported["rules"][1]["lead_unit"] = "NOWHERE"

    with pytest.raises(Refused, match="第 2 条规则"):
        import_rules(exported, by=ada)

    assert list(RoutingRule.objects.order_by("position")) == rules


@pytest.mark.parametrize("rubbish", [None, [], {}, {"format": "other", "rules": []}, {"format": "wenguo.routing/1"}])
def test_rubbish_is_refused(rubbish: object, rules: list[RoutingRule], ada: User) -> None:
    with pytest.raises(Refused):
        import_rules(rubbish, by=ada)

    assert RoutingRule.objects.count() == 2


def test_an_owner_handles_for_the_lead_unit(parts: Unit, wang: User, ada: User) -> None:
    with pytest.raises(Refused) as no:
        create_rule(RuleTerms(name_zh="配件", name_en="Parts", lead_unit=parts, owner=wang), by=ada)

    assert no.value.field == "owner"
    assert not RoutingRule.objects.exists()


def test_only_who_may_change_settings(parts: Unit, carol: User) -> None:
    with pytest.raises(NotAllowed):
        create_rule(RuleTerms(name_zh="配件", name_en="Parts", lead_unit=parts), by=carol)

    assert not RoutingRule.objects.exists()


def test_every_change_is_audited(rules: list[RoutingRule], ada: User) -> None:
    delete_rule(rules[0], by=ada)

    events = AuditEntry.objects.filter(chain="routing").order_by("seq").values_list("event", flat=True)
    assert list(events) == ["rule_created", "rule_created", "rule_deleted"]
