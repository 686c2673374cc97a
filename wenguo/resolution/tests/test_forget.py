"""Erasing a person empties the words of all three rooms and keeps what was decided."""

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.customers.choices import GONE, Erased
from wenguo.customers.models import Customer
from wenguo.dispatch.actions import forget as forget_dispatch
from wenguo.investigation.actions import forget as forget_investigation
from wenguo.investigation.choices import Finding
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import NotAllowed
from wenguo.resolution.actions import forget
from wenguo.resolution.choices import ReplyState


def test_words_go_and_decisions_stay(reply_refused: Complaint, zhang: Customer) -> None:
    assert forget(zhang, by=SYSTEM) == {Erased.REPLIES: 1, Erased.REMEDIES: 3}
    assert forget_investigation(zhang, by=SYSTEM) == {Erased.FINDINGS: 2}
    assert forget_dispatch(zhang, by=SYSTEM) == {Erased.DISPATCHES: 1}

    reply = reply_refused.replies.get()
    assert (reply.body, reply.answer_reason, reply.state) == (GONE, "", ReplyState.REFUSED)
    allegation = reply_refused.allegations.get()
    assert (allegation.text, allegation.finding) == (GONE, Finding.SUBSTANTIATED)
    assert reply_refused.assignments.get().note == ""
    assert reply_refused.remedies.get().promised_on is not None


def test_not_by_anybody(reply_refused: Complaint, zhang: Customer, wang: User) -> None:
    with pytest.raises(NotAllowed):
        forget(zhang, by=wang)

    assert reply_refused.replies.get().body
