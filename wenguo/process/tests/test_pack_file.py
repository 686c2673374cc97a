"""The whole process as one file: out and in again, looked at first, all of it or nothing."""

import copy
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.process.models import AuthorityLimit, Calendar, CalendarDay, ClockRule, StageRule, Standard, TaxonomyNode
from wenguo.process.queries import active_standard
from wenguo.process.queries.pack_file import exported_pack
from wenguo.process.tests.test_pages import url

TABLES = (Standard, StageRule, Calendar, CalendarDay, ClockRule, TaxonomyNode, AuthorityLimit, AuditEntry)


def everything() -> list[list[Any]]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


@pytest.fixture
def pack(standard: Standard) -> dict[str, Any]:
    """As somebody finds it in an exported file."""
    out: dict[str, Any] = json.loads(json.dumps(exported_pack(standard), cls=DjangoJSONEncoder))
    return out


def upload(pack: Any) -> dict[str, Any]:
    content = pack if isinstance(pack, bytes) else json.dumps(pack, ensure_ascii=False).encode()
    return {"file": SimpleUploadedFile("process.json", content, "application/json")}


def changed(pack: dict[str, Any]) -> dict[str, Any]:
    """One thing of each part."""
    new = copy.deepcopy(pack)
    next(row for row in new["standard"]["stages"] if row["stage"] == "cause")["limit_ordinary"] = 2
    new["standard"]["call_back_percent"] = 50
    office = next(row for row in new["calendars"] if row["code"] == "office")
    office["days"] = [row for row in office["days"] if row["day"] != "2026-10-10"]
    next(row for row in new["clock_rules"] if row["code"] == "cn.telecom.operator")["limit"] = 10
    new["trees"]["issue"].append({"code": "odour", "parent": "", "name_zh": "异味", "name_en": "Odour", "extra": {}})
    next(row for row in new["authority"] if row["role"] == "team_lead")["max_amount"] = "3000.00"
    return new


def test_what_was_exported_says_the_same(pack: dict[str, Any], of_ada: Client) -> None:
    before = everything()

    answer = of_ada.post(url("pack"), upload(pack))

    assert answer.status_code == 422
    assert "现有设置已与文件一致" in answer.content.decode()
    assert everything() == before


def test_the_file_is_looked_at_and_nothing_is_written(pack: dict[str, Any], of_ada: Client) -> None:
    before = everything()

    shown = of_ada.post(url("pack"), upload(changed(pack)))

    said = shown.content.decode()
    assert shown.status_code == 200
    assert "时限（一般）" in said
    assert "问题 · odour" in said
    assert "2000.00" in said
    assert everything() == before


def test_taken_over_each_part_in_its_own_way(pack: dict[str, Any], of_ada: Client, ada: User) -> None:
    wanted = changed(pack)

    done = of_ada.post(url("pack"), {"text": json.dumps(wanted), "write": "1"})

    assert done.status_code == 302
    draft = Standard.objects.get(state="draft")
    assert (draft.call_back_percent, draft.stages.get(stage="cause").limit_ordinary) == (50, 2)
    assert active_standard().stages.get(stage="cause").limit_ordinary == 3
    assert not CalendarDay.objects.filter(calendar__code="office", day="2026-10-10").exists()
    assert list(ClockRule.objects.filter(code="cn.telecom.operator").values_list("version", "limit")) == [
        (2, 10),
        (1, 15),
    ]
    assert TaxonomyNode.objects.get(tree="issue", code="odour").name_zh == "异味"
    assert AuthorityLimit.objects.get(role="team_lead").max_amount == 3000
    last = AuditEntry.objects.filter(chain="process").order_by("-seq")[0]
    assert (last.event, last.actor) == ("pack.imported", ada.audit_name)
    counted = {"standard": 2, "calendars": 1, "clock_rules": 1, "trees": 1, "authority": 1}
    assert {key: last.body[key] for key in counted} == counted


def _broken(pack: dict[str, Any], part: str, field: str, value: Any) -> dict[str, Any]:
    new = changed(pack)
    rows = new["standard"]["stages"] if part == "stages" else new["trees"]["issue"] if part == "trees" else new[part]
    rows[-1][field] = value
    return new


WRONG: dict[str, tuple[str, str, Any]] = {
    "no such role": ("stages", "owner_role", "pope"),
    "a limit of text": ("stages", "limit_major", "soon"),
    "an unknown field": ("stages", "colour", "red"),
    "no such time zone": ("calendars", "time_zone", "Mars/Olympus"),
    "hours that overlap": ("calendars", "windows", {"0": [["08:00", "12:00"], ["11:00", "13:00"]]}),
    "no such calendar": ("clock_rules", "calendar", "nowhere"),
    "a rule that changes": ("clock_rules", "limit", 0),
    "a parent that is not there": ("trees", "parent", "nowhere"),
    "a code with blanks": ("trees", "code", "a b c"),
    "less than nothing": ("authority", "max_amount", "-1"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("press", [{}, {"write": "1"}], ids=["looked at", "written"])
def test_one_mistake_and_nothing_is_written(
    pack: dict[str, Any], of_ada: Client, wrong: tuple[str, str, Any], press: dict[str, str]
) -> None:
    before = everything()

    answer = of_ada.post(url("pack"), {**upload(_broken(pack, *wrong)), **press})

    assert (answer.status_code, len(answer.context["form"].errors)) == (422, 1)
    assert everything() == before


@pytest.mark.parametrize(
    "content", [b"", b"not json", b"[]", b'{"format": "other/1"}', "短".encode("gbk") * 9, b"\x00" * 40], ids=str
)
def test_what_is_no_such_file_says_so(standard: Standard, of_ada: Client, content: bytes) -> None:
    before = everything()

    assert of_ada.post(url("pack"), upload(content)).status_code == 422

    assert everything() == before


def test_a_draft_under_way_is_not_overwritten(pack: dict[str, Any], of_ada: Client, standard: Standard) -> None:
    of_ada.post(url("draft", standard.pk))
    before = everything()

    answer = of_ada.post(url("pack"), {**upload(changed(pack)), "write": "1"})

    assert (answer.status_code, everything() == before) == (422, True)


def test_a_part_left_out_stays(pack: dict[str, Any], of_ada: Client) -> None:
    only = {"format": pack["format"], "authority": changed(pack)["authority"]}

    assert of_ada.post(url("pack"), {**upload(only), "write": "1"}).status_code == 302

    assert AuthorityLimit.objects.get(role="team_lead").max_amount == 3000
    assert not Standard.objects.filter(state="draft").exists()


def test_colleagues_read_and_export_and_change_nothing(pack: dict[str, Any], of_alice: Client) -> None:
    assert of_alice.get(url("pack")).status_code == 200
    exported = of_alice.get(url("pack_export"))
    assert exported["Content-Disposition"] == 'attachment; filename="wenguo-process-product-company-1.json"'
    assert json.loads(exported.content) == pack
    assert of_alice.post(url("pack"), {**upload(changed(pack)), "write": "1"}).status_code == 403
