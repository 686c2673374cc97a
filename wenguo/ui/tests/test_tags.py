"""What the tags write: escaped, said in words, never a style attribute."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from wenguo.lib.now import moved_to
from wenguo.ui.icons import ICONS

NOW = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai
EVIL = "<script>alert(1)</script>"


def drawn(source: str, **context: object) -> str:
    with moved_to(NOW):
        return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% chip evil "urgent" title=evil %}',
        "{% badge thing %}",
        "{% avatar evil %}",
        '{% icon "bell" label=evil %}',
        "{% bar 1 0 2 label=evil %}",
        "{% sparkline values label=evil %}",
        "{% empty evil evil evil evil %}",
        "{% sort_header evil evil %}",
        '{% choices_line options "a" evil %}',
        '{% include "ui/_timeline_entry.html" with side="customer" author=evil body=evil what=evil only %}',
        '{% include "ui/_alert_row.html" with title=evil detail=evil url=evil action=evil only %}',
        '{% include "ui/_kpi_card.html" with name=evil value=evil foot=evil verdict=evil only %}',
        '{% include "ui/_notice.html" with title=evil text=evil url=evil action=evil only %}',
        '{% include "ui/_action.html" with label=evil refusal=evil only %}',
    ],
)
def test_what_people_typed_is_shown_as_written(source: str) -> None:
    thing = SimpleNamespace(label=EVIL, colour=EVIL, icon=EVIL)

    html = drawn(source, evil=EVIL, thing=thing, values=[1, 2], options=[("a", EVIL)])

    assert EVIL not in html
    assert "&lt;script&gt;" in html
    assert " style=" not in html


def test_an_unknown_icon_is_a_dot_not_an_error() -> None:
    assert ICONS["dot"] in drawn('{% icon "no-such-drawing" %}')


def test_a_coloured_chip_brings_its_icon() -> None:
    assert ICONS["alert"] in drawn('{% chip "紧急" "urgent" %}')
    assert "<svg" not in drawn('{% chip "一般" %}')
    assert "<svg" not in drawn('{% chip "紧急" "urgent" "none" %}')


def test_an_unknown_kind_is_neutral() -> None:
    assert 'class="chip kind-neutral"' in drawn('{% chip "x" "purple" %}')


@pytest.mark.parametrize(
    ("ago", "chinese", "english"),
    [
        (timedelta(seconds=20), "刚刚", "just now"),
        (timedelta(minutes=12), "12 分钟前", "12 min ago"),
        (timedelta(hours=5), "今天 09:00", "today 09:00"),
        (timedelta(hours=20), "昨天 18:00", "yesterday 18:00"),
        (timedelta(days=40), "7 月 29 日 14:00", "29 Jul 14:00"),
        (timedelta(days=400), "2025 年 8 月 3 日 14:00", "3 Aug 2025 14:00"),
        (-timedelta(hours=20), "明天 10:00", "tomorrow 10:00"),
    ],
)
def test_a_moment_is_said_as_people_say_it(ago: timedelta, chinese: str, english: str) -> None:
    assert f">{chinese}</time>" in drawn("{% when at %}", at=NOW - ago)
    with translation.override("en"):
        assert f">{english}</time>" in drawn("{% when at %}", at=NOW - ago)


def test_a_moment_carries_its_whole_date() -> None:
    html = drawn("{% when at %}", at=NOW)

    assert 'title="2026 年 9 月 7 日 星期一 14:00 (CST)"' in html
    assert 'datetime="2026-09-07T06:00:00+00:00"' in html


def test_no_moment_is_a_dash() -> None:
    assert "—" in drawn("{% when at %}", at=None)


@pytest.mark.parametrize(
    ("left", "state", "words", "kind"),
    [
        (timedelta(hours=3, minutes=40), "running", "剩 3 小时 40 分", "major"),
        (timedelta(days=2, hours=3), "running", "剩 2 天 3 小时", "neutral"),
        (-timedelta(hours=2, minutes=5), "running", "超期 2 小时 5 分", "urgent"),
        (timedelta(hours=1), "paused", "已中止计时", "neutral"),
        (timedelta(hours=1), "met", "已按时", "ok"),
    ],
)
def test_a_countdown_says_how_long_in_words_and_with_an_icon(
    left: timedelta, state: str, words: str, kind: str
) -> None:
    html = drawn("{% countdown due state=state %}", due=NOW + left, state=state)

    assert f"<span>{words}</span>" in html
    assert f'class="due kind-{kind}"' in html
    assert "<svg" in html


def test_query_string_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/", {"unit": "a", "page": "x", "tag": ["1", "2"]})

    assert (
        drawn('{% query_string sort="due" page=None %}', request=request) == "?unit=a&amp;tag=1&amp;tag=2&amp;sort=due"
    )


def test_a_sorted_column_says_its_direction() -> None:
    request = RequestFactory().get("/", {"sort": "due"})

    html = drawn('{% sort_header "due" "到期" %}', request=request)

    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-due"' in html


class _Form(forms.Form):
    words = forms.CharField(help_text="一句话", label="标题")
    day = forms.DateField(required=False)
    level = forms.ChoiceField(choices=[("a", "甲"), ("b", EVIL)], widget=forms.RadioSelect)


def test_a_wrong_field_is_described_by_its_help_and_error() -> None:
    html = drawn("{% field form.words %}", form=_Form({"words": ""}))

    assert 'aria-describedby="id_words_hint id_words_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_words_error"' in html
    assert "这个字段是必填项。" in html


def test_what_was_typed_stays_in_the_field() -> None:
    html = drawn("{% field form.words %}", form=_Form({"words": EVIL}))

    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_a_date_uses_the_browsers_own_picker() -> None:
    assert 'type="date"' in drawn("{% field form.day %}", form=_Form())


def test_choices_become_cards() -> None:
    html = drawn("{% field form.level cards=True %}", form=_Form())

    assert html.count('class="card-choice"') == 2
    assert EVIL not in html


def test_the_pager_shows_only_ways_that_exist() -> None:
    page = SimpleNamespace(previous_cursor=None, next_cursor="abc")

    html = drawn("{% page_nav page %}", page=page, request=RequestFactory().get("/", {"unit": "a"}))

    assert 'href="?unit=a&amp;page=abc"' in html
    assert 'rel="prev"' not in html
