"""Stage 10: promises to tell, kept or missed."""

from datetime import timedelta

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.followup.actions import promise_notice, tell_progress
from wenguo.followup.jobs import run_watch_silence
from wenguo.followup.models import PromisedNotice
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.outbox.models import Notice


def test_telling_keeps_the_promise(taken_on: Complaint, wang: User) -> None:
    promise_notice(taken_on, by=wang, promised_for=now() + timedelta(days=1), about="检测结果")
    complaint = tell_progress(taken_on, by=wang, text="检测排在明天上午。")
    assert PromisedNotice.objects.get(complaint=complaint).told_by == wang
    assert complaint.entries.filter(kind="notice", visibility="public", body__contains="检测排在明天上午").exists()


def test_a_promise_lies_in_the_future(taken_on: Complaint, wang: User) -> None:
    with pytest.raises(Refused):
        promise_notice(taken_on, by=wang, promised_for=now() - timedelta(minutes=1))
    assert not PromisedNotice.objects.exists()


def test_a_foreign_unit_tells_nothing(taken_on: Complaint, mallory: User) -> None:
    entries = taken_on.entries.count()
    with pytest.raises(NotAllowed):
        tell_progress(taken_on, by=mallory, text="…")
    assert taken_on.entries.count() == entries


def test_silence_rings_the_owner_once_a_day(taken_on: Complaint, wang: User) -> None:
    with moved_to(now() + timedelta(days=12)):
        assert run_watch_silence() == 1
        assert run_watch_silence() == 0
    assert Notice.objects.filter(user_key=str(wang.pk), about=f"silence:{taken_on.reference}").count() == 1
