"""Forgetting a person: afterwards nothing of theirs is found in any table or file; refused, nothing changed."""

import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.audit.queries import proven
from wenguo.complaints.actions import (
    Submission,
    add_file,
    add_note,
    add_words,
    log_call,
    reveal_complainant,
    submit_complaint,
)
from wenguo.complaints.models import Attachment, Complaint, FileText
from wenguo.customers.actions import (
    ask_for_erasure,
    confirm_erasure,
    find_or_create_customer,
    hold_data,
    log_interaction,
    merge_customers,
    record_consent,
)
from wenguo.customers.choices import Erased, ErasureGround, ErasureState
from wenguo.customers.models import Customer, Erasure
from wenguo.desk.actions import save_view
from wenguo.desk.models import SavedView
from wenguo.followup.models import CallBack
from wenguo.intake.actions import open_batch
from wenguo.intake.models import RawMessage
from wenguo.lib.actors import SYSTEM
from wenguo.lib.errors import Refused
from wenguo.lib.now import moved_to, now
from wenguo.lib.uploads import inspect_upload
from wenguo.outbox.actions import answer_once
from wenguo.outbox.models import OutboundMessage
from wenguo.portal.actions import Sender, WebPost, discard_held, submit_from_web
from wenguo.portal.models import HeldPost
from wenguo.portal.tokens import FormToken
from wenguo.process.models import TaxonomyNode
from wenguo.world.erasures import run_erasures
from wenguo.world.forget import foresee, forget

pytestmark = pytest.mark.django_db

PERSONAL = [
    *("张伟", "张小伟", "Zhang Wei", "zhang.wei@example.com", "zw@work.example", "13812346021", "138 1234 6021"),
    *("杭州路12号", "LHC12345678906021", "检查了三次", "青岛四中"),
]
SAID = "车主张伟（13812346021，青岛四中老师）说：高速上突然失去动力"
ORDER = ErasureGround.ORDER


def dumped() -> str:
    """Every value of every row, sealed ones opened, and what lies in the store of files."""
    rows = [
        repr({field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields})
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.order_by("pk")
    ]
    return "\n".join([*rows, *_raw(), *_files()])


def _raw() -> Iterator[str]:
    """The tables as they lie there. What SQLite's index keeps of words that were taken out goes with its next merge."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if "search" not in table or "fts" not in table:
                cursor.execute(f"select * from {connection.ops.quote_name(table)}")
                yield from (repr(row) for row in cursor.fetchall())


def _files() -> Iterator[str]:
    for path in Path(settings.WENGUO_HOME, "files").rglob("*"):
        if path.is_file():
            yield path.read_bytes().decode("utf-8", "replace")


def found_in(text: str) -> list[str]:
    return [word for word in PERSONAL if word in text]


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: Any) -> None:
    settings.WENGUO_HOME = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": _at(settings.STORAGES["default"], tmp_path / "files")}


def _at(storage: dict[str, Any], location: Path) -> dict[str, Any]:
    return {**storage, "OPTIONS": {**storage["OPTIONS"], "location": location}}


@pytest.fixture
def talked(closed: Complaint, zhang: Customer, alice: User, carol: User, phone_channel: TaxonomyNode) -> Complaint:
    """A closed complaint on which everybody wrote Zhang's name and number wherever something can be written."""
    Complaint.objects.filter(pk=closed.pk).update(
        imported_facts={"complainant": "张伟"}, proxy_name="张小伟", order_reference="LHC12345678906021"
    )
    add_note(closed, by=alice, text=SAID)
    log_call(closed, by=alice, summary=SAID)
    add_words(closed, by=alice, words=SAID)
    add_file(closed, by=alice, name="张伟的信.txt", content=SAID.encode())
    FileText.objects.update_or_create(attachment=Attachment.objects.get(), defaults={"text": SAID, "state": "done"})
    reveal_complainant(closed, by=alice, reason="给张伟回电")
    CallBack.objects.filter(complaint=closed).update(comment=SAID)
    save_view(by=alice, name="张伟", query="q=13812346021")
    log_interaction(zhang, by=alice, direction="in", channel=phone_channel, summary=SAID)
    record_consent(zhang, by=alice, purpose="call_back", is_given=True, source="张伟来电")
    answer_once("api", "key-1", "asked", lambda: {"reference": closed.reference, "words": SAID})
    second = find_or_create_customer(by=alice, name="张小伟", email="zw@work.example")
    merge_customers(second, zhang, by=alice, reason="张伟的工作邮箱")
    return Complaint.objects.get(pk=closed.pk)


@pytest.fixture
def everywhere(talked: Complaint, carol: User, tmp_path: Path) -> Complaint:
    """And outside of the complaint: a post that was held, a row that could not be imported."""
    post = WebPost(words=f"代开发票 https://a.example {SAID}", name="张伟", phone="138 1234 6021")
    submit_from_web(post, [inspect_upload("信.txt", SAID.encode())], form=FormToken("held", 60), sender=Sender(""))
    discard_held(HeldPost.objects.get(), by=carol, note="张伟乱写的")
    table = tmp_path / "old.csv"
    table.write_text("x")
    batch = open_batch(table, preset_name="", mapping={}, by=None)
    RawMessage.objects.create(channel="import", batch=batch, number=3, payload=json.dumps({"电话": "138-1234-6021"}),
                              received_at=now())  # fmt: skip
    assert set(found_in(dumped())) >= {"张伟", "张小伟", "13812346021", "检查了三次", "青岛四中", "杭州路12号"}
    return talked


def test_afterwards_nothing_of_the_person_is_left(everywhere: Complaint, zhang: Customer, ada: User) -> None:
    erasure = ask_for_erasure(zhang, by=ada, ground=ORDER)
    assert run_erasures() == 1
    erasure.refresh_from_db()
    assert (erasure.state, erasure.refusals) == (ErasureState.READY, [])
    confirm_erasure(erasure, by=ada)
    assert run_erasures() == 1

    assert found_in(dumped()) == []
    erasure.refresh_from_db()
    assert (erasure.state, erasure.files) == (ErasureState.DONE, [])
    assert erasure.gone["files"] == 1
    assert proven().broken == []
    entry = AuditEntry.objects.filter(event="forgotten", chain=f"customer:{zhang.pk}").get()
    assert (entry.actor, entry.body["ground"]) == (ada.audit_name, "order")


def test_what_was_decided_stays(everywhere: Complaint, zhang: Customer) -> None:
    forget(zhang, by=SYSTEM, ground=ORDER)

    left = Complaint.objects.get(pk=everywhere.pk)
    same = ("reference", "stage", "status", "issue_id", "importance", "received_at", "ended_at", "satisfaction")
    assert [getattr(left, field) for field in same] == [getattr(everywhere, field) for field in same]
    assert left.remedies.get().done_on is not None
    assert left.allegations.get().finding == "substantiated"
    assert zhang.consents.get().is_given


def test_the_count_is_what_goes(everywhere: Complaint, zhang: Customer) -> None:
    before = dumped()
    seen = foresee(zhang, by=SYSTEM, ground=ORDER)
    assert dumped() == before

    done = forget(zhang, by=SYSTEM, ground=ORDER)
    assert done.gone == seen.gone
    assert done.gone[Erased.POSTS] == done.gone[Erased.RAW] == done.gone[Erased.VIEWS] == 1


def test_a_namesake_keeps_everything(everywhere: Complaint, zhang: Customer, alice: User) -> None:
    other = find_or_create_customer(by=alice, name="张伟", phone="13900001111")
    forget(zhang, by=SYSTEM, ground=ORDER)

    other.refresh_from_db()
    assert (other.full_name, other.contact_points.count()) == ("张伟", 1)


def test_an_open_complaint_stands_against_it(submitted: Complaint, zhang: Customer) -> None:
    before = dumped()
    refused = forget(zhang, by=SYSTEM, ground=ORDER)

    assert refused.refusals == [f"投诉 {submitted.reference} 尚未办结，请先把它办结。"]
    assert dumped() == before


def test_a_hold_stands_against_it(closed: Complaint, zhang: Customer, ada: User) -> None:
    hold_data(zhang, by=ada, reason="(2026)鲁02民初1号")
    before = dumped()
    refused = forget(zhang, by=SYSTEM, ground=ORDER)

    assert refused.refusals == ["资料已被保全（(2026)鲁02民初1号）。待事由结束后，请先解除保全。"]
    assert dumped() == before


def test_the_period_of_keeping_stands_against_it_until_it_is_over(closed: Complaint, zhang: Customer) -> None:
    assert "1095" in forget(zhang, by=SYSTEM, ground=ErasureGround.REQUEST).refusals[0]
    with moved_to(now() + timedelta(days=1096)):
        assert forget(zhang, by=SYSTEM, ground=ErasureGround.REQUEST).refusals == []


def test_a_held_post_that_waits_stands_against_it(closed: Complaint, zhang: Customer) -> None:
    post = WebPost(words="代开发票 https://a.example https://b.example", phone="13812346021")
    submit_from_web(post, [], form=FormToken("held", 60), sender=Sender(""))
    assert forget(zhang, by=SYSTEM, ground=ORDER).refusals == ["该客户有 1 条被拦下的留言等待处理，请先放行或丢弃。"]


def test_what_changed_since_the_count_is_asked_again(closed: Complaint, zhang: Customer, ada: User) -> None:
    erasure = ask_for_erasure(zhang, by=ada, ground=ORDER)
    run_erasures()
    confirm_erasure(erasure_now(erasure), by=ada)
    hold_data(zhang, by=ada, reason="诉讼")
    run_erasures()

    assert erasure_now(erasure).state == ErasureState.REFUSED
    assert Customer.objects.get(pk=zhang.pk).full_name == "张伟"


def erasure_now(erasure: Erasure) -> Erasure:
    return Erasure.objects.get(pk=erasure.pk)


def test_a_file_somebody_else_sent_too_stays(
    talked: Complaint, zhang: Customer, alice: User, phone_channel: TaxonomyNode
) -> None:
    other = submit_complaint(Submission(words="同一张照片", channel=phone_channel), by=alice)
    kept = add_file(other, by=alice, name="同样.txt", content=SAID.encode())

    assert forget(zhang, by=SYSTEM, ground=ORDER).files == []
    assert Attachment.objects.get(pk=kept.pk).sha256


def test_an_erased_customer_takes_no_more_words(closed: Complaint, zhang: Customer, alice: User) -> None:
    forget(zhang, by=SYSTEM, ground=ORDER)
    with pytest.raises(Refused, match="已删除"):
        record_consent(zhang, by=alice, purpose="call_back", is_given=True, source="来电")


def test_the_command_says_what_would_go_and_erases(
    closed: Complaint, zhang: Customer, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("forget", closed.reference, "--dry-run", "--json", "--ground=order")
    would = json.loads(capsys.readouterr().out)
    assert (would["customer"], would["erased"], would["refused"]) == (zhang.pk, False, [])
    assert Customer.objects.get(pk=zhang.pk).full_name == "张伟"

    call_command("forget", str(zhang.pk), "--json", "--ground=order")
    done = json.loads(capsys.readouterr().out)
    assert (done["erased"], done["gone"]) == (True, would["gone"])


def test_the_command_exits_1_when_something_stands_against_it(
    submitted: Complaint, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("forget", submitted.reference, "--json", stdout=io.StringIO())
    assert ended.value.code == 1


def test_messages_not_sent_yet_never_will_be(closed: Complaint, zhang: Customer) -> None:
    messages = OutboundMessage.objects.filter(about=closed.audit_chain)
    assert messages.filter(state="queued").exists()
    forget(zhang, by=SYSTEM, ground=ORDER)
    assert set(messages.values_list("state", flat=True)) == {"cancelled"}


def test_who_looked_stays_without_the_words(talked: Complaint, zhang: Customer) -> None:
    looks = ReadEntry.objects.count()
    forget(zhang, by=SYSTEM, ground=ORDER)
    assert ReadEntry.objects.count() == looks
    assert not ReadEntry.objects.filter(reason__contains="张").exists()
    assert not SavedView.objects.exists()
