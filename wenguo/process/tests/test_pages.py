"""The settings pages: what is on them, who may open and change, input kept when refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wenguo.accounts.models import User
from wenguo.process.actions import draft_new_version
from wenguo.process.choices import TreeKind
from wenguo.process.models import ClockRule, StageRule, Standard, TaxonomyNode
from wenguo.process.queries import active_standard, authority_for

READING = [
    ("index", []),
    ("changes", []),
    ("authority", []),
    ("standard", []),
    ("calendars", []),
    ("calendar", ["office"]),
    ("clock_rules", []),
    ("clock_rule", ["cn.samr.121.mediate"]),
    ("tree", ["issue"]),
    ("tree_export", ["issue"]),
    ("node", ["issue", "gearbox"]),
]
CHANGING = [
    ("authority_edit", ["manager"]),
    ("calendar_new", []),
    ("calendar_edit", ["office"]),
    ("day_edit", ["office"]),
    ("year_edit", ["office"]),
    ("clock_rule_new", []),
    ("clock_rule_edit", ["cn.samr.121.mediate"]),
    ("node_add", ["issue"]),
    ("node_move", ["issue", "gearbox"]),
    ("tree_import", ["issue"]),
]


def url(name: str, *args: object) -> str:
    return reverse(f"process:{name}", args=args)


@pytest.mark.parametrize(("name", "args"), READING)
def test_every_colleague_reads(standard: Standard, of_alice: Client, name: str, args: list[str]) -> None:
    assert of_alice.get(url(name, *args)).status_code == 200


@pytest.mark.parametrize(("name", "args"), CHANGING)
def test_only_administrators_open_what_changes(
    standard: Standard, of_alice: Client, name: str, args: list[str]
) -> None:
    assert of_alice.get(url(name, *args)).status_code == 403


@pytest.mark.parametrize(("name", "args"), CHANGING)
def test_administrators_open_what_changes(standard: Standard, of_ada: Client, name: str, args: list[str]) -> None:
    assert of_ada.get(url(name, *args)).status_code == 200


@pytest.mark.parametrize(("name", "args"), READING + CHANGING)
def test_a_stranger_is_sent_to_sign_in(standard: Standard, client: Client, name: str, args: list[str]) -> None:
    answer = client.get(url(name, *args))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("calendar", ["nowhere"]),
        ("clock_rule", ["no.such"]),
        ("tree", ["no-tree"]),
        ("node", ["issue", "nothing"]),
        ("version", [999999]),
        ("instruction", [999999, "cause"]),
        ("authority_edit", ["no-role"]),
    ],
)
def test_what_is_not_there_is_a_404(standard: Standard, of_ada: Client, name: str, args: list[object]) -> None:
    assert of_ada.get(url(name, *args)).status_code == 404


def test_the_standard_shows_fourteen_stages_with_their_limits(standard: Standard, of_alice: Client) -> None:
    page = of_alice.get(url("standard")).content.decode()
    assert page.count('class="stage-no"') == 14
    assert '<b>3</b><span class="sep">/</span><b>4</b><span class="sep">/</span><b>9</b> 工作日' in page
    assert "起草新版本" not in page


def test_a_draft_is_seen_by_those_who_may_change_it(standard: Standard, ada: User, of_alice: Client) -> None:
    draft = draft_new_version(standard, by=ada)
    assert of_alice.get(url("version", draft.pk)).status_code == 404
    of_alice.force_login(ada)
    assert of_alice.get(url("version", draft.pk)).status_code == 200


def test_from_draft_to_force_on_the_pages(standard: Standard, of_ada: Client) -> None:
    of_ada.post(url("draft", standard.pk))
    draft = Standard.objects.get(version=2)
    edit = url("stage_edit", draft.pk, "cause")
    typed = _stage_input(draft, limit_ordinary="2")
    preview = of_ada.post(edit, {**typed, "preview": "1", "start": "2026-09-22T10:00"})
    assert "2026 年 9 月 24 日" in preview.content.decode()
    assert StageRule.objects.get(standard=draft, stage="cause").limit_ordinary == 3
    assert of_ada.post(edit, typed).status_code == 302
    assert StageRule.objects.get(standard=draft, stage="cause").limit_ordinary == 2
    assert "时限（一般）" in of_ada.get(url("compare", standard.pk, draft.pk)).content.decode()
    of_ada.post(url("activate", draft.pk), {"note": "原因分析提速"})
    assert active_standard() == draft


def _stage_input(draft: Standard, **changes: str) -> dict[str, str]:
    rule = StageRule.objects.get(standard=draft, stage="cause")
    fields = ("name_zh", "name_en", "owner_role", "limit_unit", "procedure_zh", "procedure_en")
    return {field: str(getattr(rule, field)) for field in fields} | {"form": "findings | 认定 | Findings *"} | changes


def test_a_stage_form_that_is_wrong_keeps_what_was_typed(standard: Standard, ada: User, of_ada: Client) -> None:
    draft = draft_new_version(standard, by=ada)
    typed = _stage_input(draft, form="only a key", procedure_zh="写了很久的程序")
    answer = of_ada.post(url("stage_edit", draft.pk, "cause"), typed)
    assert answer.status_code == 422
    assert "写了很久的程序" in answer.content.decode()
    assert StageRule.objects.get(standard=draft, stage="cause").procedure_zh.startswith("先围堵")


def test_a_stage_changed_meanwhile_says_so_and_keeps_what_was_typed(
    standard: Standard, ada: User, of_ada: Client
) -> None:
    draft = draft_new_version(standard, by=ada)
    mine = _stage_input(draft, limit_ordinary="9", procedure_zh="我写的程序", version="1")
    of_ada.post(url("stage_edit", draft.pk, "cause"), _stage_input(draft, limit_ordinary="2", version="1"))

    answer = of_ada.post(url("stage_edit", draft.pk, "cause"), mine)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "时限（一般）: 3 → 2" in said
    assert "我写的程序" in said
    assert 'name="version" value="2"' in said
    assert StageRule.objects.get(standard=draft, stage="cause").limit_ordinary == 2


def test_work_instructions_are_printed_with_their_version(standard: Standard, of_alice: Client) -> None:
    one = of_alice.get(url("instruction", standard.pk, "cause")).content.decode()
    assert "WI-8 · 版本 1" in one
    assert "连问五个为什么" in one
    everything = of_alice.get(url("instructions", standard.pk)).content.decode()
    assert everything.count('class="card instruction"') == 14


def test_a_new_version_of_a_rule(standard: Standard, of_ada: Client) -> None:
    rule = ClockRule.objects.get(code="cn.12315.odr")
    fields = (
        "name_zh",
        "name_en",
        "jurisdiction",
        "regime",
        "duty_holder",
        "start_event",
        "stop_event",
        "unit",
        "roll",
    )
    typed = {field: str(getattr(rule, field)) for field in fields} | {"source": rule.source, "confidence": "secondary"}
    typed |= {
        "limit": "8",
        "applies_when": '{"is_odr": true}',
        "effective_from": "2027-03-01",
        "first_day_excluded": "on",
    }
    answer = of_ada.post(url("clock_rule_edit", rule.code), typed)
    assert answer.status_code == 302
    assert ClockRule.objects.get(code=rule.code, version=2).limit == 8
    wrong = of_ada.post(
        url("clock_rule_edit", rule.code), {**typed, "applies_when": "[1]", "effective_from": "2028-01-01"}
    )
    assert (wrong.status_code, ClockRule.objects.filter(code=rule.code).count()) == (422, 2)


def test_a_tree_is_looked_at_and_then_imported_as_shown(standard: Standard, of_ada: Client) -> None:
    text = "code,parent,name_zh,name_en\naudio,electrics,音响,Audio\n"
    look = of_ada.post(url("tree_import", "issue"), {"file": SimpleUploadedFile("t.csv", text.encode("gbk"))})
    assert (look.status_code, TaxonomyNode.objects.filter(code="audio").count()) == (200, 0)
    kept = look.context["form"].initial["text"]
    assert of_ada.post(url("tree_import", "issue"), {"text": kept, "write": "1"}).status_code == 302
    assert TaxonomyNode.objects.get(tree=TreeKind.ISSUE, code="audio").path == "/electrics/audio/"


def test_faulty_rows_are_listed_with_their_number(standard: Standard, of_ada: Client) -> None:
    text = "code,parent,name_zh,name_en\nok,,好,Good\nbad code,,坏,Bad\nlost,nowhere,丢,Lost\n"
    answer = of_ada.post(url("tree_import", "issue"), {"file": SimpleUploadedFile("t.csv", text.encode())})
    assert answer.status_code == 422
    assert [one.number for one in answer.context["plan"].faults] == [3, 4]


def test_an_export_can_be_imported_again(standard: Standard, of_ada: Client) -> None:
    exported = of_ada.get(url("tree_export", "decline_reason")).getvalue()
    look = of_ada.post(url("tree_import", "decline_reason"), {"file": SimpleUploadedFile("d.csv", exported)})
    plan = look.context["plan"]
    assert (plan.new, plan.changed, plan.unchanged, plan.faults) == ((), (), 10, ())


def test_a_node_is_renamed_moved_and_switched_off(standard: Standard, of_ada: Client) -> None:
    typed = {"name_zh": "异响", "name_en": "Noise", "extra": "hint = 听"}
    of_ada.post(url("node", "issue", "gearbox-noise"), typed)
    of_ada.post(url("node_move", "issue", "gearbox-noise"), {"to": TaxonomyNode.objects.get(code="clutch").pk})
    of_ada.post(url("node_switch", "issue", "gearbox-noise"), {"to": "off"})
    node = TaxonomyNode.objects.get(tree=TreeKind.ISSUE, code="gearbox-noise")
    assert (node.name_zh, node.extra, node.path, node.is_active) == (
        "异响", {"hint": "听"}, "/clutch/gearbox-noise/", False,
    )  # fmt: skip


def test_authority_is_changed_on_its_page(standard: Standard, of_ada: Client) -> None:
    of_ada.post(url("authority_edit", "reviewer"), {"max_amount": "5000"})
    limit = authority_for("reviewer")
    assert limit is not None
    assert str(limit.max_amount) == "5000.00"
    assert "审批权限" in of_ada.get(url("changes")).content.decode()


def test_posting_without_the_role_changes_nothing(standard: Standard, of_alice: Client) -> None:
    assert of_alice.post(url("draft", standard.pk)).status_code == 403
    assert of_alice.post(url("node_switch", "issue", "engine"), {"to": "off"}).status_code == 403
    assert Standard.objects.count() == 1
    assert TaxonomyNode.objects.get(code="engine").is_active


@pytest.mark.parametrize(("name", "args", "most"), [("standard", [], 18), ("tree", ["issue"], 16), ("index", [], 20)])
def test_a_page_asks_a_fixed_number_of_questions(
    standard: Standard, of_ada: Client, django_assert_max_num_queries: object, name: str, args: list[str], most: int
) -> None:
    with django_assert_max_num_queries(most):  # type: ignore[operator]
        of_ada.get(url(name, *args))
