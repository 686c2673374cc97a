"""The lake holds what the rows say: after changes, time, compaction, rebuilds, older schemas."""

from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from wenguo.accounts.models import Unit, User
from wenguo.audit.actions import record
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.compact import compact
from wenguo.insights.actions.fold import fold, lake_state
from wenguo.insights.actions.rebuild import go_on_rebuilding, is_out_of_date, rebuild, start_rebuild, sweep
from wenguo.insights.actions.verify import verify
from wenguo.insights.choices import Metric
from wenguo.insights.lake import files
from wenguo.insights.lake.engine import engine, show_lake
from wenguo.insights.models import Counted, LakeFile, Rollup
from wenguo.insights.queries import rollups
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import Days, Measure
from wenguo.lib.actors import SYSTEM
from wenguo.lib.now import moved_to, now

pytestmark = pytest.mark.usefixtures("lake")


def sums() -> set[tuple[object, ...]]:
    columns = ("metric", "axis", "grain", "node", "source", "day", "member", "met", "failed", "left_out", "total")
    return {row for row in Rollup.objects.values_list(*columns) if any(row[7:])}


def total(metric: Metric, user: User) -> Measure:
    return rollups.total(metric, Slice(user, Days(house_today() - timedelta(days=400), house_today())))


def test_what_happened_is_in_it_once(closed: Complaint, another: Complaint, mei: User) -> None:
    assert fold() == 2
    assert fold() == 0
    assert verify().wrong == []
    assert total(Metric.RECEIVED, mei) == Measure(met=2)
    assert total(Metric.ENDED, mei) == Measure(met=1)


def test_a_change_takes_the_old_contribution_out(closed: Complaint, mei: User) -> None:
    fold()
    assert total(Metric.SATISFACTION, mei) == Measure(met=1)
    changed(closed, satisfaction=2)
    assert total(Metric.SATISFACTION, mei) == Measure(failed=1)
    assert verify().wrong == []


def changed(complaint: Complaint, **values: object) -> None:
    """A change and its entry, as an action leaves them; then the worker's turn."""
    record(Complaint.objects.get(pk=complaint.pk), "changed", by=SYSTEM)
    Complaint.objects.filter(pk=complaint.pk).update(**values)
    assert fold() > 0


def test_who_a_task_went_to_is_not_taken_for_a_stage(taken_on: Complaint, wang: User) -> None:
    """A colleague who left used to stop the fold for everybody."""
    record(taken_on, "task_brought_over", by=SYSTEM, body={"task": 1, "from": wang.pk, "to": wang.pk})
    assert fold() == 1
    assert verify().wrong == []


def test_time_alone_makes_an_open_complaint_a_failure(taken_on: Complaint, mei: User) -> None:
    fold()
    assert total(Metric.TIMELINESS, mei) == Measure()
    with moved_to(now() + timedelta(days=60)):
        assert fold() == 1
        assert total(Metric.TIMELINESS, mei) == Measure(failed=1)
        assert fold() == 0
        assert verify().wrong == []


def test_many_files_become_one_and_say_the_same(closed: Complaint, another: Complaint) -> None:
    fold()
    changed(closed, chased=1)
    changed(closed, chased=2)
    assert LakeFile.objects.filter(kind="clock").count() == 3
    compact(least=2)
    assert LakeFile.objects.filter(kind="clock").count() == 1
    assert verify().wrong == []
    changed(another, chased=1)
    assert verify().wrong == []


def test_a_rebuild_gives_the_same_sums_and_goes_on_where_it_was_killed(closed: Complaint, another: Complaint) -> None:
    fold()
    before = sums()
    rebuild()
    assert sums() == before
    start_rebuild()
    assert go_on_rebuilding() == 2
    assert lake_state().rebuilding  # killed here
    assert fold() == 0
    assert go_on_rebuilding() == 0
    assert sums() == before
    assert verify().wrong == []


def test_files_without_a_row_do_not_count_and_are_swept(taken_on: Complaint) -> None:
    fold()
    row = LakeFile.objects.get(kind="complaint")
    orphan = row.path.replace(".parquet", "0.parquet")
    files.write(orphan, files.read("complaint", row.path))
    assert verify().wrong == []
    assert sweep() == 1
    assert (files.exists(orphan), files.exists(row.path)) == (False, True)


def test_a_file_that_is_ahead_may_still_be_somebodys(taken_on: Complaint) -> None:
    fold()
    row = LakeFile.objects.get(kind="complaint")
    ahead = f"complaint/month=2026-01/{0:012d}-{lake_state().position + 5:012d}-abcdef01.parquet"
    files.write(ahead, files.read("complaint", row.path))
    assert sweep() == 0
    assert files.exists(ahead)


def test_a_file_of_an_older_schema_is_read_with_nulls(taken_on: Complaint, lake: Path) -> None:
    fold()
    row = LakeFile.objects.get(kind="complaint")
    older = pq.read_table(lake / row.path).drop_columns(["cost", "province"])
    pq.write_table(older, lake / row.path)
    where = engine()
    show_lake(where, LakeFile.objects.all())
    assert where.run("SELECT complaint, cost, status FROM complaint").to_pylist() == [
        {"complaint": taken_on.pk, "cost": None, "status": taken_on.status}
    ]
    assert files.read("complaint", row.path).column_names[-1] == "cost"
    where.close()


def test_an_import_taken_back_leaves_no_trace_in_the_sums(closed: Complaint, another: Complaint, mei: User) -> None:
    fold()
    assert total(Metric.RECEIVED, mei) == Measure(met=2)
    Counted.objects.filter(pk=another.pk).update(complaint=999_999)  # the sums know one that is not there any more
    changed(another, reference="WG-GONE")
    assert not Counted.objects.filter(pk=999_999).exists()
    assert total(Metric.RECEIVED, mei) == Measure(met=1)


def test_moving_a_unit_counts_everything_anew(closed: Complaint, guangzhou: Unit, head_office: Unit) -> None:
    rebuild()
    assert not is_out_of_date()
    Unit.objects.filter(pk=guangzhou.pk).update(path=f"{head_office.path}{guangzhou.pk}/")
    assert is_out_of_date()


def test_no_word_of_a_person_is_in_it(closed: Complaint, lake: Path) -> None:
    fold()
    words = {closed.words, closed.title, "13812345678"}
    if closed.customer:
        words.add(closed.customer.full_name)
    texts = {
        str(value)
        for path in files.everything()
        for column in pq.read_table(lake / path).columns
        for value in column.to_pylist()
    }
    assert not words & texts
