"""Merging and linking."""

from datetime import UTC, datetime

import pytest

from wenguo.accounts.models import Unit, User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.actions import add_note, link_complaints, merge_complaints, unlink_complaints
from wenguo.complaints.choices import Status
from wenguo.complaints.models import Complaint, Link
from wenguo.complaints.queries import family_ids, merge_preview, timeline
from wenguo.complaints.tests.conftest import Take
from wenguo.complaints.tests.test_life_cycle import everything
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import OutboundMessage

EARLY = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_the_earlier_receipt_counts_and_rows_stay(take: Take, alice: User, dan: User, qingdao: Unit) -> None:
    early, late = take(received_at=EARLY, respondent_unit=qingdao), take()
    add_note(early, by=alice, text="先来的投诉")
    assert merge_preview(early, late).received_at == EARLY
    merged = merge_complaints(early, target=late, by=alice)
    late.refresh_from_db()
    assert (merged.status, merged.merged_into) == (Status.MERGED, late)
    assert (late.received_at, late.clocks.get(rule="company.whole").started_at) == (EARLY, EARLY)
    assert family_ids(late) == [late.pk, early.pk]
    assert early.entries.filter(body="先来的投诉").exists()
    assert "先来的投诉" in [entry.body for entry in timeline(late)]
    assert Complaint.objects.visible_to(dan).filter(pk=late.pk).exists()
    assert AuditEntry.objects.filter(chain=late.audit_chain, event="took_in").exists()


def test_the_complainant_is_told_the_new_reference(take: Take, alice: User) -> None:
    one, target = take(), take()
    merge_complaints(one, target=target, by=alice)
    assert target.reference in OutboundMessage.objects.get(kind="merged").body


def test_a_merged_complaint_is_not_worked_on(take: Take, alice: User) -> None:
    one, target, third = take(), take(), take()
    merge_complaints(one, target=target, by=alice)
    one.refresh_from_db()
    with pytest.raises(Refused):
        merge_complaints(third, target=one, by=alice)
    with pytest.raises(Refused):
        merge_complaints(one, target=third, by=alice)


def test_not_into_itself_nor_by_a_stranger(take: Take, alice: User, mallory: User) -> None:
    one, target = take(), take()
    before = everything()
    with pytest.raises(Refused):
        merge_complaints(one, target=one, by=alice)
    with pytest.raises(NotAllowed):
        merge_complaints(one, target=target, by=mallory)
    assert everything() == before


def test_a_family_is_read_however_deep(take: Take, alice: User) -> None:
    one, two, three = take(), take(), take()
    merge_complaints(one, target=two, by=alice)
    merge_complaints(two, target=three, by=alice)
    assert set(family_ids(three)) == {one.pk, two.pk, three.pk}


def test_links_are_made_once_and_taken_away(take: Take, alice: User, wang: User) -> None:
    one, other = take(), take()
    link = link_complaints(one, other=other, kind="repeat", by=alice)
    assert link_complaints(one, other=other, kind="repeat", by=alice) == link
    with pytest.raises(NotAllowed):
        unlink_complaints(link, by=wang)
    unlink_complaints(link, by=alice)
    assert not Link.objects.exists()
    events = AuditEntry.objects.filter(chain=one.audit_chain).values_list("event", flat=True)
    assert {"linked", "unlinked"} <= set(events)


def test_a_complainant_never_reads_another_s_words(take: Take, alice: User) -> None:
    zhangs, strangers, again = take(words="张的话"), take(words="别人的话", customer=None), take(words="张又说")
    merge_complaints(strangers, target=zhangs, by=alice)
    merge_complaints(again, target=zhangs, by=alice)
    told = " ".join(entry.body for entry in timeline(zhangs, public_only=True))
    assert "张的话" in told
    assert "张又说" in told
    assert "别人的话" not in told
    assert "别人的话" in [entry.body for entry in timeline(zhangs)]
