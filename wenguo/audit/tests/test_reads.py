"""The log of who looked: its words can be erased, nothing else can be touched unseen."""

import pytest

from wenguo.audit.actions import forget_reads, record_read
from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.audit.queries import proven
from wenguo.lib.actors import SYSTEM

pytestmark = pytest.mark.usefixtures("empty_audit")


@pytest.fixture
def read(empty_audit: None) -> ReadEntry:
    return record_read("reveal", "customer:7", "contact points", by=SYSTEM, reason="张伟来电", count=3)


def problems() -> list[str]:
    return [one.problem for one in proven().broken]


def test_the_chain_holds_no_words(read: ReadEntry) -> None:
    assert "张伟" not in str(AuditEntry.objects.get().body)
    assert problems() == []


@pytest.mark.parametrize(
    "altered", [{"reason": "没有什么"}, {"subject": "customer:8"}, {"count": 1}, {"actor": "user:9 mallory"}]
)
def test_an_altered_read_is_found(read: ReadEntry, altered: dict[str, object]) -> None:
    ReadEntry.objects.update(**altered)

    assert problems() == [f"read {read.pk} was altered"]


def test_a_read_taken_out_is_found(read: ReadEntry) -> None:
    ReadEntry.objects.all().delete()

    assert problems() == [f"read {read.pk} is missing from the log"]


def test_erased_words_break_nothing(read: ReadEntry) -> None:
    other = record_read("export", "complaints", "csv: q=13812346021", by=SYSTEM)
    kept = record_read("export", "complaints", "csv: stage=cause", by=SYSTEM)

    assert forget_reads({"customer:7"}, lambda text: "13812346021" in text) == 2

    assert [ReadEntry.objects.get(pk=one.pk).what for one in (read, other, kept)] == ["", "", "csv: stage=cause"]
    assert problems() == []
