"""Stage 13: class, one sentence, who."""

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.process.choices import Stage
from wenguo.supervision.actions import mark_improvement
from wenguo.supervision.models import ImprovementMark


def test_the_mark_leads_to_the_last_stage(closed: Complaint, quinn: User, wang: User) -> None:
    complaint = mark_improvement(closed, by=quinn, mark_class="capa", sentence="交车检验单增加路试项", who=wang)
    assert complaint.stage == Stage.SUPERVISE
    assert ImprovementMark.objects.get(complaint=complaint).who == wang


@pytest.mark.parametrize(("mark_class", "sentence"), [("capa", " "), ("nonsense", "x"), ("knowledge", "没有负责人")])
def test_an_incomplete_mark_changes_nothing(closed: Complaint, quinn: User, mark_class: str, sentence: str) -> None:
    with pytest.raises(Refused):
        mark_improvement(closed, by=quinn, mark_class=mark_class, sentence=sentence)
    closed.refresh_from_db()
    assert (closed.stage, ImprovementMark.objects.count()) == (Stage.IMPROVE, 0)


def test_nothing_to_improve_needs_only_its_because(closed: Complaint, quinn: User) -> None:
    mark_improvement(closed, by=quinn, mark_class="nothing", sentence="个例，已按规定处理")
    assert ImprovementMark.objects.get().who is None


def test_an_agent_does_not_mark(closed: Complaint, alice: User) -> None:
    with pytest.raises(NotAllowed):
        mark_improvement(closed, by=alice, mark_class="nothing", sentence="x")


def test_not_before_the_close(called_back: Complaint, quinn: User) -> None:
    with pytest.raises(Refused):
        mark_improvement(called_back, by=quinn, mark_class="nothing", sentence="x")
