"""The command: good rows go in once, bad rows are told, nothing is half written, an import can be taken back."""

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from wenguo.accounts.models import User
from wenguo.audit.queries import proven
from wenguo.complaints.actions.search import index_complaint
from wenguo.complaints.models import Clock, Complaint, Entry, SearchDocument
from wenguo.customers.actions import change_customer
from wenguo.customers.models import BlindToken, ContactPoint, Customer
from wenguo.intake.models import ImportBatch, ImportedRow, RawMessage
from wenguo.intake.tests.conftest import HEADER, ROWS
from wenguo.outbox.models import OutboundMessage
from wenguo.process.models import Standard, TaxonomyNode

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pack")]
Files = Callable[..., Path]
CFPB_2020 = (
    "Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company public response,Company,"
    "State,ZIP code,Tags,Consumer consent provided?,Submitted via,Date sent to company,Company response to consumer,"
    "Timely response?,Consumer disputed?,Complaint ID\n"
    "2020/3/18,Mortgage,FHA mortgage,Trouble during payment process,,My payment was lost.,,ACME BANK,FL,330XX,,"
    "Consent provided,Web,2020/3/19,Closed with explanation,Yes,,3571115\n"
    "27-04-2023,Debt collection,,Debt not owed,Debt is not yours,,,ACME,TX,75001,,,Phone,28-04-2023,In progress,No,"
    ",77\n"
)
CFPB_2015 = (
    "Unnamed: 0,Complaint ID,Product,Sub-product,Issue,Sub-issue,State,ZIP code,Date received,Date sent to company,"
    "Company response,Timely response?,Consumer disputed?\n"
    "0,1291006,Debt collection,,Communication tactics,,TX,76119.0,3/19/2015,3/20/2015,Closed with explanation,Yes,Yes\n"
)


def run(path: Path | None, *options: str) -> tuple[dict[str, Any], int]:
    """(what --json printed, exit code)"""
    out = io.StringIO()
    code = 0
    try:
        call_command("import", *([str(path)] if path else []), "--json", *options, stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return json.loads(out.getvalue()), code


def test_good_rows_go_in(table_file: Files) -> None:
    assert run(table_file()) == ({"rows": 3, "imported": 3, "unchanged": 0, "errors": 0}, 0)
    one = Complaint.objects.get(source_id="A1")
    assert (one.words, one.source, one.status) == ("变速箱异响，去了三次都没修好", "imported", "closed")
    assert one.received_at.isoformat() == "2025-02-28T16:00:00+00:00"
    assert one.issue is not None
    assert (one.issue.name_zh, one.next_due_at) == ("变速箱异响", None)


def test_a_second_run_imports_nothing_twice(table_file: Files) -> None:
    run(table_file())
    assert run(table_file()) == ({"rows": 3, "imported": 0, "unchanged": 3, "errors": 0}, 0)
    assert Complaint.objects.count() == 3


def test_nobody_is_written_to(table_file: Files) -> None:
    run(table_file())
    assert not OutboundMessage.objects.exists()


def test_one_phone_number_is_one_customer(table_file: Files) -> None:
    run(table_file())
    first, third = (Complaint.objects.get(source_id=number).customer for number in ("A1", "A3"))
    assert first == third
    assert Customer.objects.count() == 2
    assert BlindToken.objects.filter(customer=first).exists()


def test_chains_hold_and_say_where_it_came_from(table_file: Files) -> None:
    run(table_file())
    verdict = proven()
    assert verdict.broken == []
    assert Complaint.objects.filter(audit_count=1).count() == 3


def test_it_is_found_as_if_an_action_had_written_it(table_file: Files) -> None:
    run(table_file())
    one = Complaint.objects.get(source_id="A1")
    tokens = SearchDocument.objects.get(complaint=one).tokens
    index_complaint(one)
    assert SearchDocument.objects.get(complaint=one).tokens == tokens
    assert Entry.objects.get(complaint=one).body == one.words


def test_bad_rows_are_told_and_stop_no_others(table_file: Files, tmp_path: Path) -> None:
    bad = (
        HEADER
        + ROWS
        + "A4,太早了,1850-01-01,,,,,\nA5,未来,2999-01-01,,,,,\nA6,日期错,31.31.2025,,,,,\n,,2025-01-01,,,,,\n"
    )
    wrong = tmp_path / "wrong.csv"

    answer, code = run(table_file(bad), "--errors", str(wrong))

    assert (answer, code) == ({"rows": 7, "imported": 3, "unchanged": 0, "errors": 4}, 1)
    told = list(csv.DictReader(io.StringIO(wrong.read_text("utf-8-sig"))))
    assert [(row["row"], row["编号"]) for row in told] == [("5", "A4"), ("6", "A5"), ("7", "A6"), ("8", "")]
    assert all(row["error"] for row in told)
    assert RawMessage.objects.count() == 4


def test_the_file_of_wrong_rows_goes_in_once_corrected(table_file: Files, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    run(table_file(HEADER + "A4,刹车,1850-01-01,,,,,\n"), "--errors", str(wrong))
    corrected = wrong.read_text("utf-8-sig").replace("1850", "2025")
    assert run(table_file(corrected, "corrected.csv"))[0]["imported"] == 1


def test_a_dry_run_writes_nothing(table_file: Files) -> None:
    assert run(table_file(), "--dry-run") == ({"rows": 3, "imported": 3, "unchanged": 0, "errors": 0}, 0)
    assert not Complaint.objects.exists()
    assert not ImportBatch.objects.exists()


def test_gbk_is_found_out(table_file: Files) -> None:
    assert run(table_file(encoding="gb18030"))[0]["imported"] == 3
    assert Complaint.objects.get(source_id="A2").words == "刹车发软"


def test_compressed_files_are_read(table_file: Files) -> None:
    path = table_file(gzip.compress((HEADER + ROWS).encode()), "complaints.csv.gz")
    assert run(path)[0]["imported"] == 3


def test_a_workbook_is_read_and_its_formulas_are_not_run(tmp_path: Path) -> None:
    path = tmp_path / "complaints.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, name in enumerate(["id", "text", "received_on"]):
            sheet.write_string(0, place, name)
        sheet.write_number(1, 0, 13812346021)
        sheet.write_formula(1, 1, '=CONCATENATE("异","响")', value="异响")
        sheet.write_string(1, 2, "2025-03-01")
    assert run(path)[0]["imported"] == 1
    one = Complaint.objects.get()
    assert (one.source_id, one.words) == ("13812346021", "异响")


def test_equal_rows_without_a_number_are_kept_apart_and_known_again(table_file: Files) -> None:
    path = table_file("text,received_on\n漏油,2025-01-01\n漏油,2025-01-01\n")
    assert run(path)[0]["imported"] == 2
    assert run(path)[0] == {"rows": 2, "imported": 0, "unchanged": 2, "errors": 0}


def test_strange_text_is_kept_as_written(table_file: Files) -> None:
    words = "<script>alert(1)</script> 😡 مرحبا =cmd()"
    run(table_file(f'id,text,received_on\n1,"{words}",2025-01-01\n'))
    assert Complaint.objects.get().words == words


def test_car_complaints_are_mapped(table_file: Files) -> None:
    path = table_file(
        "id,brand,model,trim,text,problem,received_on,status,codes,cats\n"
        '480799,吉利汽车,星越,2020款,吉利星越车机 卡顿严重,"H155,M279,",2020-06-05,用户评分,H155|M279,H|M\n'
    )
    assert run(path, "--preset", "car_complaints")[0]["imported"] == 1
    one = Complaint.objects.select_related("product__parent", "issue__parent").get()
    assert one.product is not None
    assert one.issue is not None
    assert (one.product.name, one.product.parent.name) == ("星越", "吉利汽车")  # type: ignore[union-attr]
    assert (one.issue.name, one.issue.parent.name) == ("车身附件及电器 H155", "车身附件及电器")  # type: ignore[union-attr]
    assert one.imported_facts["codes"] == "H155|M279"
    assert not TaxonomyNode.objects.filter(code__startswith="import-car", is_active=True).exists()


def test_cfpb_in_both_shapes(table_file: Files) -> None:
    assert run(table_file(CFPB_2020), "--preset", "cfpb")[0]["imported"] == 2
    assert run(table_file(CFPB_2015), "--preset", "cfpb")[0]["imported"] == 1

    new, day_first, old = (Complaint.objects.get(source_id=number) for number in ("3571115", "77", "1291006"))
    assert (new.title, new.channel.code, new.status) == ("Mortgage: Trouble during payment process", "web", "closed")
    assert new.received_at.isoformat() == "2020-03-18T04:00:00+00:00"
    assert day_first.received_at.isoformat() == "2023-04-27T04:00:00+00:00"
    assert (day_first.status, day_first.words) == ("closed_with_notice", "")
    assert (old.status, old.reply_accepted) == ("not_accepted", False)
    assert old.imported_facts["company_response"] == "Closed with explanation"
    clocks = Clock.objects.order_by("complaint").values_list("complaint__source_id", "rule", "state")
    assert set(clocks) == {
        ("3571115", "us.cfpb.response", "met"),
        ("77", "us.cfpb.response", "missed"),
        ("1291006", "us.cfpb.response", "met"),
    }
    assert Clock.objects.get(complaint=old).due_at.date().isoformat() == "2015-04-04"


def test_an_import_is_taken_back_whole(table_file: Files) -> None:
    run(table_file())
    assert run(None, "--undo", str(ImportBatch.objects.get().pk))[0] == {"undone": 3}
    for model in (Complaint, Customer, ContactPoint, ImportedRow, SearchDocument):
        assert not model.objects.exists()
    assert proven().broken == []
    assert run(table_file())[0]["imported"] == 3


def test_an_import_somebody_worked_on_is_not_taken_back(table_file: Files) -> None:
    run(table_file())
    Complaint.objects.filter(source_id="A1").update(version=2)
    with pytest.raises(CommandError):
        run(None, "--undo", str(ImportBatch.objects.get().pk))
    assert Complaint.objects.count() == 3


def test_a_customer_somebody_changed_survives_the_undo(table_file: Files, alice: User) -> None:
    run(table_file())
    kept = Complaint.objects.get(source_id="A2").customer
    assert kept is not None
    change_customer(kept, by=alice, note="called again")
    run(None, "--undo", str(ImportBatch.objects.get().pk))
    assert list(Customer.objects.all()) == [kept]


def test_a_template_can_be_filled_in_and_imported(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    call_command("import", "--template", str(path))
    columns = path.read_text("utf-8-sig").strip().split(",")
    row = {"id": "1", "text": "漏油", "received_on": "2025-01-01"}
    path.write_text(",".join(columns) + "\n" + ",".join(row.get(name, "") for name in columns) + "\n", "utf-8")
    assert run(path)[0]["imported"] == 1


def test_a_mapping_of_ones_own(table_file: Files, tmp_path: Path) -> None:
    mapping = {
        "name": "crm",
        "source_system": "crm",
        "columns": {"source_id": ["Nr"], "words": ["Text"], "received_at": ["Tag"]},
        "dates": ["%d.%m.%Y"],
    }
    described = tmp_path / "crm.json"
    described.write_text(json.dumps(mapping), "utf-8")
    path = table_file("Nr;Text;Tag\n7;Getriebe defekt;24.12.2024\n")
    assert run(path, "--map", str(described))[0]["imported"] == 1
    assert Complaint.objects.get().source_system == "crm"


def test_without_a_standard_the_default_pack_is_installed(table_file: Files, pack: Standard) -> None:
    pack.stages.all().delete()
    Standard.objects.all().delete()
    assert run(table_file())[0]["imported"] == 3
