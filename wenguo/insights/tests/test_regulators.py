"""Files for regulators: codes found, faults named, nil said in words, nothing ready while a fault stands."""

import csv
import hashlib
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.signals import request_finished
from django.db import close_old_connections
from django.test import Client

from wenguo.accounts.choices import Role
from wenguo.accounts.models import Membership, Unit, User
from wenguo.audit.models import AuditEntry, ReadEntry
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.regulator_files import write_due_files
from wenguo.insights.actions.regulators import add_code, ask_file, declare_ready, drop_code, map_codes, set_firm
from wenguo.insights.choices import SourceFilter
from wenguo.insights.choices.regulators import CodeAxis, FileState, FirmFact, Regime
from wenguo.insights.models import RegulatorFile
from wenguo.insights.queries.regulators.codes import axes_of, mapped_nodes
from wenguo.insights.queries.regulators.fca import third_business_day
from wenguo.insights.queries.regulators.source import day_of
from wenguo.insights.rules.periods import Days
from wenguo.insights.rules.regulators import REGIMES
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import moved_to, now
from wenguo.lib.workcalendar import country_calendar
from wenguo.process.models import TaxonomyNode

pytestmark = pytest.mark.django_db


def written(regime: Regime, days: Days, by: User) -> RegulatorFile:
    file = ask_file(regime, days, by=by)
    write_due_files()
    file.refresh_from_db()
    return file


def content(file: RegulatorFile) -> list[list[str]]:
    with default_storage.open(file.path) as stored:
        whole = stored.read()
    assert hashlib.sha256(whole).hexdigest() == file.sha256
    return list(csv.reader(io.StringIO(whole.decode("utf-8-sig"))))


def around(complaint: Complaint) -> Days:
    return Days(day_of(complaint.received_at) - timedelta(days=3), day_of(now()) - timedelta(days=1))


def code(regime: Regime, axis: CodeAxis, tree: str, node: str, code: str, by: User) -> None:
    map_codes(regime, axis, {TaxonomyNode.objects.get(tree=tree, code=node).pk: code}, by=by)


def map_china(ada: User) -> None:
    code(Regime.CN_BANK, CodeAxis.BUSINESS_CHANNEL, "channel", "phone", "A1-03", ada)
    code(Regime.CN_BANK, CodeAxis.BUSINESS, "issue", "gearbox", "B-03", ada)
    code(Regime.CN_BANK, CodeAxis.REASON, "issue", "gearbox-noise", "C-02", ada)
    set_firm(Regime.CN_BANK, {FirmFact.FIRM_NAME: "海川银行"}, by=ada)


def test_a_row_has_the_code_of_its_category_or_of_one_above(closed: Complaint, mei: User, ada: User) -> None:
    map_china(ada)
    with moved_to(now() + timedelta(days=3)):
        file = written(Regime.CN_BANK, around(closed), mei)
        head, row = content(file)
    assert tuple(head) == REGIMES[Regime.CN_BANK].columns
    assert row[:6] == ["海川银行", closed.reference, str(day_of(closed.received_at)), "A1-03", "B-03", "C-02"]
    assert (file.rows, file.state, file.is_nil) == (1, FileState.CHECKED, False)
    assert file.figures[CodeAxis.BUSINESS] == {"B-03": 1}


def test_faults_name_the_complaint_and_hold_the_file_back(closed: Complaint, mei: User) -> None:
    with moved_to(now() + timedelta(days=3)):
        file = written(Regime.CN_BANK, around(closed), mei)
        assert {reference for reference, _kind, _what in file.faults} == {"", closed.reference}
        assert file.fault_kinds["missing|firm_name"] == 1
        assert {what.split(":")[0] for what in file.fault_kinds if what.startswith("unmapped")} == {
            f"unmapped|{axis}" for axis in ("business_channel", "business", "reason")
        }
        with pytest.raises(Refused):
            declare_ready(file, by=mei)
    file.refresh_from_db()
    assert file.state == FileState.CHECKED


def test_once_corrected_it_is_declared_ready_with_its_hash(closed: Complaint, mei: User, ada: User) -> None:
    map_china(ada)
    Complaint.objects.update(is_upheld=True)
    with moved_to(now() + timedelta(days=3)):
        file = declare_ready(written(Regime.CN_BANK, around(closed), mei), by=mei)
    assert (file.state, file.ready_by) == (FileState.READY, mei)
    entry = AuditEntry.objects.filter(chain="regulators", event="file.ready").get()
    assert entry.body["sha256"] == file.sha256
    with pytest.raises(Refused):
        declare_ready(file, by=mei)


def test_nothing_to_report_is_said_in_words(active_pack: object, mei: User, ada: User) -> None:
    set_firm(Regime.CN_BANK, {FirmFact.FIRM_NAME: "海川银行"}, by=ada)
    file = written(Regime.CN_BANK, Days(date(2020, 1, 1), date(2020, 3, 31)), mei)
    assert file.is_nil
    assert content(file)[0] == ["零报告 NIL RETURN", "是 Yes"]
    with pytest.raises(Refused):
        declare_ready(file, by=mei)
    assert declare_ready(file, statement="本期无投诉。", by=mei).statement == "本期无投诉。"


def test_a_period_that_runs_is_refused_and_a_part_of_the_house_too(
    active_pack: object, mei: User, mallory: User, guangzhou: Unit
) -> None:
    Membership.objects.create(user=mallory, unit=guangzhou, role=Role.MANAGER)
    today = day_of(now())
    with pytest.raises(Refused):
        ask_file(Regime.FCA, Days(today - timedelta(days=9), today), by=mei)
    with pytest.raises(NotAllowed):
        ask_file(Regime.FCA, Days(today - timedelta(days=9), today - timedelta(days=1)), by=mallory)


def test_codes_not_in_the_list_are_refused_and_dropped_ones_are_faults(closed: Complaint, mei: User, ada: User) -> None:
    with pytest.raises(Refused):
        code(Regime.CN_BANK, CodeAxis.REASON, "issue", "gearbox", "C-77", ada)
    add_code(Regime.CN_BANK, CodeAxis.REASON, "C-77", "零部件", "Parts", by=ada)
    code(Regime.CN_BANK, CodeAxis.REASON, "issue", "gearbox", "C-77", ada)
    drop_code(Regime.CN_BANK, CodeAxis.REASON, "C-77", by=ada)
    with moved_to(now() + timedelta(days=3)):
        file = written(Regime.CN_BANK, around(closed), mei)
    assert "unknown_code|C-77" in file.fault_kinds
    with pytest.raises(NotAllowed):
        add_code(Regime.CN_BANK, CodeAxis.REASON, "C-78", "x", "x", by=mei)


def test_the_mapping_says_what_is_inherited(active_pack: object, ada: User) -> None:
    code(Regime.CN_BANK, CodeAxis.REASON, "issue", "gearbox", "C-02", ada)
    lines = {line.node.code: line for line in mapped_nodes(Regime.CN_BANK, axes_of(Regime.CN_BANK)[CodeAxis.REASON])}
    assert (lines["gearbox"].own, lines["gearbox-noise"].inherited) == ("C-02", "C-02")
    code(Regime.CN_BANK, CodeAxis.REASON, "issue", "gearbox", "", ada)
    lines = {line.node.code: line for line in mapped_nodes(Regime.CN_BANK, axes_of(Regime.CN_BANK)[CodeAxis.REASON])}
    assert (lines["gearbox"].own, lines["gearbox-noise"].inherited) == ("", "")


def test_the_british_return_counts_what_the_rows_say(
    closed: Complaint, another: Complaint, mei: User, ada: User
) -> None:
    code(Regime.FCA, CodeAxis.PRODUCT, "issue", "gearbox", "Home finance", ada)
    set_firm(Regime.FCA, {FirmFact.FIRM_NAME: "Haichuan", FirmFact.FIRM_NUMBER: "111111"}, by=ada)
    Complaint.objects.filter(pk=closed.pk).update(is_upheld=True)
    with moved_to(now() + timedelta(days=3)):
        file = written(Regime.FCA, around(closed), mei)
    table = {line[0]: line for line in file.figures["table"]}
    assert table["Home finance"][1:8] == ["1", "1", "0", "0", "1", "1", "100.0"]
    assert table["Total"][1] == "2"
    assert table["(no group)"][1] == "1"
    assert file.figures["opened"] == 2


def test_three_business_days_pass_over_a_weekend_and_a_bank_holiday() -> None:
    calendar = country_calendar("GB", "Europe/London", years=range(2026, 2027))
    assert third_business_day(date(2026, 10, 5), calendar) == date(2026, 10, 8)
    assert third_business_day(date(2026, 4, 2), calendar) == date(2026, 4, 9)  # Good Friday, Easter Monday between


def test_open_ones_of_earlier_periods_are_told_to_asic(taken_on: Complaint, mei: User) -> None:
    later = now() + timedelta(days=200)
    with moved_to(later):
        days = Days(day_of(later) - timedelta(days=30), day_of(later) - timedelta(days=1))
        assert written(Regime.ASIC, days, mei).rows == 1
        assert written(Regime.CN_BANK, days, mei).rows == 0


def test_pages_for_whoever_may_open_them(closed: Complaint, mei: User, ada: User, rex: User, client: Client) -> None:
    with moved_to(now() + timedelta(days=3)):
        file = written(Regime.CN_BANK, around(closed), mei)
    client.force_login(mei)
    for path in ("", "cn-bank/", "cn-bank/codes/reason/", f"files/{file.pk}/", f"files/{file.pk}/state/"):
        assert client.get(f"/desk/figures/regulators/{path}").status_code == 200, path
    assert closed.reference in client.get(f"/desk/figures/regulators/files/{file.pk}/").content.decode()
    answer = client.get(f"/desk/figures/regulators/files/{file.pk}/file.csv")
    assert hashlib.sha256(answer.getvalue()).hexdigest() == file.sha256
    request_finished.disconnect(close_old_connections)  # the test's own connection stays
    answer.close()
    request_finished.connect(close_old_connections)
    assert ReadEntry.objects.get().subject == "regulators"
    assert client.post(f"/desk/figures/regulators/files/{file.pk}/ready/").status_code == 422
    client.force_login(rex)
    assert client.get(f"/desk/figures/regulators/files/{file.pk}/").status_code == 403
    client.force_login(ada)
    node = TaxonomyNode.objects.get(tree="issue", code="gearbox")
    page = "/desk/figures/regulators/cn-bank/codes/reason/"
    assert client.post(page, {f"code-{node.pk}": "C-02"}).status_code == 302
    assert 'value="C-02"' in client.get(f"{page}?show=all").content.decode()
    assert client.post(f"{page}list/", {"code": "C-55", "name_zh": "其他"}).status_code == 302
    assert client.get("/desk/figures/regulators/cn-bank/firm/").status_code == 200


CFPB_ROWS = [
    {
        "Date received": "2020/3/18", "Product": "Mortgage", "Sub-product": "FHA mortgage",
        "Issue": "Trouble during payment process", "Sub-issue": "",
        "Consumer complaint narrative": "They lost my payment.",
        "Company public response": "Company chooses not to respond", "Company": "EXAMPLE BANK, N.A.", "State": "FL",
        "ZIP code": "330XX", "Tags": "Older American", "Consumer consent provided?": "Consent provided",
        "Submitted via": "Web", "Date sent to company": "2020/3/19",
        "Company response to consumer": "Closed with explanation", "Timely response?": "Yes", "Consumer disputed?": "",
        "Complaint ID": "35711150",
    },
    {
        "Date received": "2020/3/20", "Product": "Debt collection", "Sub-product": "I do not know",
        "Issue": "Attempts to collect debt not owed", "Sub-issue": "Debt is not yours",
        "Consumer complaint narrative": "", "Company public response": "", "Company": "EXAMPLE COLLECTORS",
        "State": "TX", "ZIP code": "", "Tags": "", "Consumer consent provided?": "Consent not provided",
        "Submitted via": "Postal mail", "Date sent to company": "2020/3/21",
        "Company response to consumer": "Closed with monetary relief", "Timely response?": "No",
        "Consumer disputed?": "Yes", "Complaint ID": "35711151",
    },
]  # fmt: skip


def test_what_came_from_the_cfpb_goes_back_in_its_eighteen_fields(
    active_pack: object, mei: User, ada: User, tmp_path: Path
) -> None:
    path = tmp_path / "cfpb.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        sheet = csv.DictWriter(stream, list(CFPB_ROWS[0]))
        sheet.writeheader()
        sheet.writerows(CFPB_ROWS)
    call_command("import", str(path), "--preset", "cfpb", stdout=io.StringIO())
    set_firm(Regime.CFPB, {FirmFact.FIRM_NAME: "Example"}, by=ada)
    file = ask_file(Regime.CFPB, Days(date(2020, 3, 1), date(2020, 3, 31)), source=SourceFilter.IMPORTED, by=mei)
    write_due_files()
    file.refresh_from_db()
    head, *rows = content(file)
    assert head == list(CFPB_ROWS[0])
    assert [dict(zip(head, row, strict=True)) for row in rows] == [in_iso(row) for row in CFPB_ROWS]
    assert file.fault_count == 0


def in_iso(row: dict[str, str]) -> dict[str, str]:
    """The file's days in ISO form, everything else as it came."""
    days = ("Date received", "Date sent to company")
    return {key: iso(value) if key in days else value for key, value in row.items()}


def iso(day: str) -> str:
    year, month, number = map(int, day.split("/"))
    return date(year, month, number).isoformat()
