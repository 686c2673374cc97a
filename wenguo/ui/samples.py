"""Invented content for the gallery, in both languages; nothing here reaches a real page."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.functional import lazystr

from wenguo.lib.now import now
from wenguo.ui.icons import ICONS
from wenguo.ui.phrases import is_chinese
from wenguo.ui.rules import KINDS

UNITS = [("quality", lazystr("售后质量部")), ("parts", lazystr("配件部")), ("qingdao", lazystr("青岛四方维修站")), ("service", lazystr("客服中心"))]


def say(chinese: str, english: str) -> str:
    """One of the two, as the page's language asks."""
    return chinese if is_chinese() else english


class SampleForm(forms.Form):
    """Every shape a field can take."""

    subject = forms.CharField(help_text=lazystr("一句话说明 · one sentence"))
    story = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    happened_on = forms.DateField(widget=forms.DateInput, required=False)
    unit = forms.ChoiceField(choices=UNITS)
    importance = forms.ChoiceField(choices=[("ordinary", "一般"), ("major", "重大"), ("complex", "复杂")], widget=forms.RadioSelect)
    remedies = forms.MultipleChoiceField(
        choices=[("repair", "免费修理"), ("refund", "退款"), ("letter", "书面说明")], widget=forms.CheckboxSelectMultiple, required=False
    )
    photos = forms.FileField(required=False)
    consent = forms.BooleanField(help_text=lazystr("可随时撤回 · can be withdrawn at any time"))
    urgent = forms.BooleanField(required=False)


def _form(bound: bool) -> SampleForm:
    form = SampleForm({"story": "<script>alert('原样显示')</script>", "unit": "parts"}) if bound else SampleForm()
    form.fields["importance"].hints = {  # type: ignore[attr-defined]
        "ordinary": say("7 日内办结", "handled within 7 days"),
        "major": say("10 日内办结，须评审", "within 10 days, with a review"),
        "complex": say("15 个工作日内办结", "within 15 working days"),
    }
    return form


def _stages() -> list[dict[str, Any]]:
    done, todo = "done", "todo"
    return [
        {
            "label": say("受理", "Intake"), "state": done,
            "stages": [
                {"label": say("信息收集", "Collect"), "state": done, "note": "10:12"},
                {"label": say("受理和记录", "Accept and record"), "state": done, "note": "10:13"},
            ],
        },
        {
            "label": say("核实", "Check"), "state": done,
            "stages": [
                {"label": say("有效性分析", "Validity"), "state": done, "note": "10:20"},
                {"label": say("分类", "Classify"), "state": done, "note": "10:21"},
                {"label": say("重要程度判定", "Importance"), "state": done, "note": "10:22"},
                {"label": say("评审", "Review"), "state": "skipped", "note": say("不适用", "not applicable")},
            ],
        },
        {"label": say("分派", "Assign"), "state": done, "stages": []},
        {
            "label": say("处理", "Handle"), "state": "now", "note": say("原因分析（1/3）", "cause analysis (1/3)"),
            "stages": [
                {"label": say("原因分析", "Cause analysis"), "state": "now", "note": say("今天 18:00 前", "by 18:00 today")},
                {"label": say("问题解决", "Resolve"), "state": todo, "note": say("9 月 12 日", "12 Sep")},
                {"label": say("跟进处理", "Follow up"), "state": todo, "note": ""},
            ],
        },
        {"label": say("答复", "Reply"), "state": todo, "stages": []},
        {"label": say("回访", "Call-back"), "state": todo, "stages": []},
    ]  # fmt: skip


def _clocks() -> list[dict[str, Any]]:
    moment = now()
    return [
        {"label": say("原因分析", "Cause analysis"), "state": "running", "percent": 82, "kind": "major", "due": moment + timedelta(hours=3, minutes=40), "why_url": "dialog/"},
        {"label": say("维修质保举证 3 日", "Repair warranty proof, 3 d"), "state": "running", "percent": 36, "kind": "ok", "due": moment + timedelta(days=2, hours=3)},
        {"label": say("受理告知 24 小时", "Acknowledgement, 24 h"), "state": "met", "words": say("已按时", "On time"), "kind": "ok", "reason": say("用时 18 分", "took 18 min")},
        {"label": say("阶段答复", "Interim reply"), "state": "running", "percent": 100, "kind": "urgent", "due": moment - timedelta(hours=2, minutes=5)},
        {"label": say("等待客户检测", "Waiting for the test"), "state": "paused", "percent": 40, "kind": "neutral", "words": say("已中止计时", "Clock stopped"), "reason": say("客户送检", "customer's own test")},
    ]  # fmt: skip


def _timeline() -> list[dict[str, Any]]:
    moment = now()
    return [
        {
            "id": "e1", "side": "customer", "author": "张**", "what": say("来电", "called"), "icon": "phone", "at": moment - timedelta(days=1, hours=4),
            "body": say(
                "上次保养就说空调响，修完当晚还是响。今天又说鼓风机坏了，先说两百，现在要一千，你们到底查没查清楚？",
                "I said at the last service that the air conditioning was noisy. It was noisy again the same evening. Today they say it is the blower: "
                "first 200 yuan, now 1,000. Did anybody actually look?",
            ),
            "files": [{"url": "#", "name": "维修单.jpg", "size": "1.2 MB", "icon": "image"}],
        },
        {"id": "e2", "side": "system", "author": say("系统", "System"), "icon": "send", "at": moment - timedelta(days=1, hours=4, minutes=-1),
         "body": say("已发送受理告知（短信），承诺 9 月 8 日 18:00 前首次答复。", "Acknowledgement sent by SMS; first answer promised by 18:00 on 8 September.")},
        {"id": "e3", "side": "internal", "author": "李强", "at": moment - timedelta(minutes=80),
         "body": say("报价 200 → 1,000 元，触发报价核对。备件系统标准价 1,000，前台误报为滤芯价。",
                     "Quote went from 200 to 1,000 yuan. The list price is 1,000; the desk had quoted the filter.")},
        {"id": "e4", "side": "stage", "kind": "act", "author": say("原因分析", "Cause analysis"), "icon": "target", "at": moment - timedelta(minutes=34),
         "chip_text": say("部分属实", "partly substantiated"), "chip_kind": "major",
         "body": say("首次检修不彻底：交车前未路试 → 检验单无此项 → 标准缺失（系统原因）",
                     "First repair incomplete: no test drive before hand-over → not on the inspection sheet → no standard (system cause)")},
        {"id": "e5", "side": "reply", "author": "李强", "what": say("答复客户 · 邮件", "reply · e-mail"), "at": moment - timedelta(minutes=3),
         "body": say("张先生您好，这件事由我全程跟进，方案经审批后明天 18:00 前答复您。", "Dear Mr Zhang, I will see this through myself. You will have our proposal by 18:00 tomorrow.")},
    ]  # fmt: skip


def _rows() -> list[dict[str, Any]]:
    moment = now()
    subjects = [
        ("空调异响两次检修未解决，鼓风机报价由 200 元改为 1,000 元", "Air conditioning still noisy after two repairs, quote raised from 200 to 1,000"),
        ("刹车踏板下沉，高速上感到害怕", "Brake pedal sinks; frightening on the motorway"),
        ("车漆剥落，经销商让等厂家通知", "Paint peeling; the dealer says wait for the maker"),
        ("订单迟交三周，无人说明", "Delivery three weeks late and nobody explains"),
        ("导航升级后黑屏", "Screen stays black after the map update"),
    ]
    facts: list[tuple[str, str, str, int, str, str]] = [
        ("WG-2609-7F3K9Q", "重大|Major", "major", 220, "running", "李强"),
        ("WG-2609-8J2M4T", "紧急|Urgent", "urgent", -65, "running", "赵蕾"),
        ("WG-2609-1C5R7X", "一般|Ordinary", "neutral", 60 * 52, "running", "王敏"),
        ("WG-2608-9P3V6N", "一般|Ordinary", "neutral", 0, "paused", "陈晨"),
        ("WG-2608-4T8W2B", "复杂|Complex", "act", -5, "met", "Dan Ober"),
    ]
    return [
        {
            "reference": ref, "subject": say(*subjects[i]), "importance": say(*level.split("|")), "kind": kind,
            "due": moment + timedelta(minutes=minutes), "state": state, "owner": owner,
            "unit": say("售后质量部", "After-sales quality"), "late": minutes < -60,
            "stage": say(("原因分析", "受理和记录", "问题解决", "回访", "结果反馈")[i], ("Cause analysis", "Accept", "Resolve", "Call-back", "Reply")[i]),
        }
        for i, (ref, level, kind, minutes, state, owner) in enumerate(facts)
    ]  # fmt: skip


def _alerts() -> list[dict[str, str]]:
    return [
        {"kind": "urgent", "icon": "trend", "title": say("空调鼓风机 × 海川 M7 2023：一周 19 起，平时 4 起", "Blower × Haichuan M7 2023: 19 in a week, usually 4"),
         "detail": say("10 月 28 日起上升，集中在华东 3 家维修站，偶然出现的概率 < 0.01%", "Rising since 28 October at 3 repairers in the east; chance < 0.01 %"), "action": say("查看 19 起", "See the 19")},
        {"kind": "urgent", "icon": "alert", "title": say("7 起今天 18:00 前到期", "7 are due by 18:00 today"), "detail": say("其中 2 起法定时限", "2 of them statutory"), "action": say("处理", "Act")},
        {"kind": "major", "icon": "hourglass", "title": say("配件部 5 起超过 4 小时未接单", "Parts has not accepted 5 for more than 4 h"), "detail": say("上周 0 起", "0 last week"), "action": say("催办", "Chase")},
        {"kind": "major", "icon": "frown", "title": say("回访满意率 83%（34/41，69–91%）", "Call-back satisfaction 83 % (34/41, 69–91 %)"), "detail": say("低于目标 95%", "target 95 %"), "action": say("查看原因", "See why")},
    ]  # fmt: skip


def _kpis() -> list[dict[str, Any]]:
    return [
        {"name": say("处理及时率", "Handled on time"), "value": "96.3%", "number": 96.3, "low": 94.3, "high": 97.7, "target": 95, "floor": 80, "kind": "ok",
         "foot": say("493/512 · 目标 95%", "493/512 · target 95 %"), "verdict": say("本月达标", "on target"), "trend": [94, 95, 93, 95, 96, 95, 96.3]},
        {"name": say("满意率", "Satisfaction"), "value": "82.9%", "number": 82.9, "low": 69, "high": 91, "target": 95, "floor": 60, "kind": "urgent",
         "foot": say("34/41 · 回访率 62%", "34/41 · asked 62 %"), "verdict": say("低于目标", "below target"), "trend": [95, 94, 95, 92, 90, 86, 82.9]},
        {"name": say("原因分析及时率", "Cause analysis on time"), "value": "98.4%", "number": 98.4, "low": 95.5, "high": 99.5, "target": 100, "floor": 80, "kind": "major",
         "foot": say("185/188 · 目标 100%", "185/188 · target 100 %"), "verdict": say("3 起逾期", "3 late"), "trend": [97, 98, 99, 98, 99, 98, 98.4]},
        {"name": say("有效解决率", "Effectively resolved"), "value": "91.8%", "number": 91.8, "low": 88.6, "high": 94.1, "target": 90, "floor": 70, "kind": "ok",
         "foot": say("356/388 · 目标 90%", "356/388 · target 90 %"), "verdict": say("达标", "on target"), "trend": [88, 90, 89, 91, 92, 91, 91.8]},
    ]  # fmt: skip


def _portal_steps() -> list[dict[str, str]]:
    return [
        {"label": say("收到您的投诉", "We have your complaint"), "state": "done", "note": say("9 月 7 日 10:12", "7 Sep 10:12")},
        {"label": say("已受理，由售后质量部负责", "Accepted; After-sales quality handles it"), "state": "done", "note": ""},
        {"label": say("正在核实并查明原因", "We are finding out what happened"), "state": "now", "note": say("最迟 9 月 8 日", "by 8 Sep")},
        {"label": say("提出解决方案，请您选择", "We propose a solution; you choose"), "state": "todo", "note": ""},
        {"label": say("回访确认您是否满意", "We ask whether you are satisfied"), "state": "todo", "note": ""},
    ]


def gallery() -> dict[str, Any]:
    """Everything the gallery page draws."""
    moment = now()
    return {
        "kinds": KINDS, "icons": sorted(ICONS), "free_form": _form(bound=False), "form": _form(bound=True),
        "groups": _stages(), "clocks": _clocks(), "entries": _timeline(), "rows": _rows(), "alerts": _alerts(), "kpis": _kpis(), "steps": _portal_steps(),
        "page": SimpleNamespace(previous=None, next="abc", summary=say("本页 5 条，共 128 条", "5 on this page of 128")),
        "states": [SimpleNamespace(label=say("属实", "substantiated"), colour="urgent"), SimpleNamespace(label=say("满意", "satisfied"), colour="ok"), SimpleNamespace(label=say("已撤回", "withdrawn"), colour="neutral")],
        "periods": [("month", say("本月", "Month")), ("quarter", say("本季", "Quarter")), ("year", say("本年", "Year"))],
        "moments": [moment, moment - timedelta(minutes=12), moment - timedelta(hours=5), moment - timedelta(days=1), moment - timedelta(days=40), moment - timedelta(days=400)],
        "dues": [(moment + timedelta(days=3), "running"), (moment + timedelta(hours=3), "running"), (moment - timedelta(hours=2), "running"), (moment, "paused"), (moment, "met")],
        "soon": moment + timedelta(seconds=25), "ratings": say("很不满意 不满意 一般 满意 很满意", "very-bad bad fair good very-good").split(),
    }  # fmt: skip
