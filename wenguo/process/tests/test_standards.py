"""Versions of the standard: drafted, changed, compared, put into force, discarded."""

from datetime import UTC, datetime

import pytest

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.lib.errors import Changed, NotAllowed, Refused
from wenguo.process import queries
from wenguo.process.actions import (
    activate_standard,
    change_stage_rule,
    change_standard,
    discard_draft,
    draft_new_version,
)
from wenguo.process.actions.standards import STAGE_FIELDS, STANDARD_FIELDS
from wenguo.process.choices import Stage, StandardState
from wenguo.process.models import StageRule, Standard
from wenguo.process.queries.pages import company_promises, limits_as_dates, version_differences


@pytest.fixture
def draft(standard: Standard, ada: User) -> Standard:
    return draft_new_version(standard, by=ada)


def cause_of(standard: Standard) -> StageRule:
    return StageRule.objects.select_related("standard").get(standard=standard, stage=Stage.CAUSE)


def events() -> list[str]:
    return list(AuditEntry.objects.filter(chain="process").order_by("seq").values_list("event", flat=True))


def test_a_draft_says_what_the_version_before_says(standard: Standard, draft: Standard) -> None:
    assert (draft.version, draft.state) == (2, StandardState.DRAFT)
    assert [line.label for line in version_differences(standard, draft, STANDARD_FIELDS, STAGE_FIELDS)] == [
        "改了什么，为什么"
    ]
    assert queries.active_standard() == standard
    assert events()[-1] == "standard.drafted"


def test_one_draft_at_a_time(standard: Standard, draft: Standard, ada: User) -> None:
    with pytest.raises(Refused):
        draft_new_version(standard, by=ada)
    assert Standard.objects.count() == 2


def test_a_stage_of_the_draft_changes_and_the_version_in_force_does_not(
    standard: Standard, draft: Standard, ada: User
) -> None:
    change_stage_rule(cause_of(draft), by=ada, limit_ordinary=2)
    assert cause_of(draft).limit("ordinary") == 2
    assert cause_of(standard).limit("ordinary") == 3
    entry = AuditEntry.objects.filter(chain="process").latest("seq")
    assert entry.body["changed"] == {"limit_ordinary": [3, 2]}


def test_a_version_in_force_never_changes(standard: Standard, ada: User) -> None:
    with pytest.raises(Refused):
        change_stage_rule(cause_of(standard), by=ada, limit_ordinary=2)
    with pytest.raises(Refused):
        change_standard(standard, by=ada, whole_ordinary=3)
    with pytest.raises(Refused):
        discard_draft(standard, by=ada)
    standard.refresh_from_db()
    assert (cause_of(standard).limit_ordinary, standard.whole_ordinary) == (3, 7)


@pytest.mark.parametrize("limit", [-1, 1001])
def test_a_limit_out_of_range_is_refused(draft: Standard, ada: User, limit: int) -> None:
    with pytest.raises(Refused) as refused:
        change_stage_rule(cause_of(draft), by=ada, limit_major=limit)
    assert (refused.value.field, cause_of(draft).limit_major) == ("limit_major", 4)


def test_the_second_to_change_a_stage_is_told_what_the_first_changed(draft: Standard, ada: User) -> None:
    seen = cause_of(draft)
    change_stage_rule(seen, by=ada, version=seen.edition, limit_ordinary=2)

    with pytest.raises(Changed, match="别人") as no:
        change_stage_rule(seen, by=ada, version=seen.edition, limit_ordinary=4)

    assert (no.value.version, cause_of(draft).limit_ordinary) == (2, 2)
    assert [line.partition(" · ")[2][8:] for line in no.value.changes] == ["时限（一般）: 3 → 2"]
    assert events().count("stage_rule.changed") == 1
    change_stage_rule(seen, by=ada, version=no.value.version, limit_ordinary=4)
    assert cause_of(draft).limit_ordinary == 4


def test_two_people_on_two_stages_do_not_disturb_each_other(draft: Standard, ada: User) -> None:
    change_stage_rule(cause_of(draft), by=ada, version=1, limit_ordinary=2)
    other = StageRule.objects.select_related("standard").get(standard=draft, stage=Stage.RESOLVE)

    assert change_stage_rule(other, by=ada, version=1, limit_ordinary=6).limit_ordinary == 6


def test_the_whole_of_a_draft_is_not_overwritten_either(draft: Standard, ada: User) -> None:
    change_standard(draft, by=ada, version=1, whole_ordinary=6)

    with pytest.raises(Changed) as no:
        change_standard(draft, by=ada, version=1, whole_ordinary=5)

    draft.refresh_from_db()
    assert (draft.whole_ordinary, draft.edition, no.value.version) == (6, 2, 2)


def test_activating_retires_the_version_before(standard: Standard, draft: Standard, ada: User) -> None:
    activate_standard(draft, by=ada, note="三天改两天")
    standard.refresh_from_db()
    assert queries.active_standard() == draft
    assert standard.state == StandardState.RETIRED
    assert Standard.objects.filter(state=StandardState.ACTIVE).count() == 1
    assert events()[-1] == "standard.activated"


def test_an_incomplete_draft_is_not_activated(standard: Standard, draft: Standard, ada: User) -> None:
    cause_of(draft).delete()
    with pytest.raises(Refused, match="原因分析"):
        activate_standard(draft, by=ada)
    assert queries.active_standard() == standard


def test_a_discarded_draft_is_gone_and_can_be_discarded_once(standard: Standard, draft: Standard, ada: User) -> None:
    again = Standard.objects.get(pk=draft.pk)
    discard_draft(draft, by=ada)
    with pytest.raises(Refused):
        discard_draft(again, by=ada)
    assert Standard.objects.get() == standard


def test_stranger_cannot_draft(standard: Standard, dora: User) -> None:
    with pytest.raises(NotAllowed):
        draft_new_version(standard, by=dora)
    assert Standard.objects.get() == standard


def test_a_comparison_speaks_the_readers_language(
    standard: Standard, draft: Standard, ada: User, english: None
) -> None:
    change_stage_rule(cause_of(draft), by=ada, owner_role="quality", limit_complex=None)
    draft = change_standard(draft, by=ada, call_back_percent=50)
    lines = version_differences(standard, draft, STANDARD_FIELDS, STAGE_FIELDS)
    assert [
        (line.where, line.label, line.before, line.after) for line in lines if line.label != "What changed, and why"
    ] == [
        ("", "Share of ordinary complaints called back (%)", "30", "50"),
        ("Cause analysis", "Owner", "Unit handler", "Quality officer"),
        ("Cause analysis", "Limit, complex", "9", "—"),
    ]


def test_limits_are_shown_as_dates_before_they_are_saved(standard: Standard) -> None:
    start = datetime(2026, 9, 22, 2, tzinfo=UTC)
    after = {"limit_ordinary": 7, "limit_major": None, "limit_complex": 9, "limit_unit": "working_day"}
    lines = limits_as_dates(standard, cause_of(standard), after, start)
    days = [
        tuple(due.due_at.date().isoformat() if due else None for due in (line.before, line.after)) for line in lines
    ]
    assert days == [("2026-09-28", "2026-10-09"), ("2026-09-29", None), ("2026-10-12", "2026-10-12")]


def test_company_promises_come_from_the_standard(standard: Standard) -> None:
    promises = {promise.code: (promise.limits, promise.unit) for promise in company_promises(standard)}
    assert promises["company.whole"] == ((7, 10, 15), "working_day")
    assert promises["company.ack"] == ((24, 24, 24), "hour")
    assert promises["company.stage.cause"] == ((3, 4, 9), "working_day")
    assert "company.stage.improve" not in promises


def test_without_a_standard_the_sentence_says_what_to_do(db: None, english: None) -> None:
    Standard.objects.filter(state=StandardState.ACTIVE).update(state=StandardState.RETIRED)
    with pytest.raises(Refused, match="Ask an administrator to activate one"):
        queries.active_standard()
