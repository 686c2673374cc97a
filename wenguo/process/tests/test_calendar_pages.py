"""The pages of a calendar: the year, the test of due dates, hours, days and whole years."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wenguo.process.choices import DayKind
from wenguo.process.models import Calendar, CalendarDay, Standard


def url(name: str, *args: object) -> str:
    return reverse(f"process:{name}", args=args)


def test_the_year_shows_holidays_and_make_up_days(standard: Standard, of_alice: Client) -> None:
    page = of_alice.get(url("calendar", "office"), {"year": "2026"}).content.decode()
    assert page.count('<td class="makeup') == 6
    assert "国庆节" in page


def test_a_due_date_is_worked_out_with_its_reasons(standard: Standard, of_alice: Client) -> None:
    asked = {"start": "2026-02-12T10:00", "limit": "7", "unit": "working_day", "roll": "none"}
    page = of_alice.get(url("calendar", "office"), asked).content.decode()
    assert "2026-02-28 (星期六) 23:59:59" in page
    assert "春节" in page


def test_a_wrong_question_says_what_is_wrong(standard: Standard, of_alice: Client) -> None:
    page = of_alice.get(url("calendar", "office"), {"limit": "many", "unit": "moons", "roll": "none"})
    assert (page.status_code, page.context["due"]) == (200, None)


def test_a_day_is_marked_and_made_ordinary_again(standard: Standard, of_ada: Client) -> None:
    typed = {"day": "2026-11-24", "kind": "holiday", "name": "厂庆"}
    answer = of_ada.post(url("day_edit", "office"), typed)
    assert answer["Location"] == url("calendar", "office") + "?year=2026"
    assert CalendarDay.objects.get(calendar__code="office", day=date(2026, 11, 24)).name == "厂庆"
    of_ada.post(url("day_edit", "office"), {"day": "2026-11-24", "kind": ""})
    assert not CalendarDay.objects.filter(calendar__code="office", day=date(2026, 11, 24)).exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("2027.csv", "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-09,makeup,元旦\n"),
        ("2027.csv", "日期,类型,名称\n2027/1/1,休,元旦\n2027/1/9,班,元旦\n"),
        (
            "2027.json",
            '{"days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true},'
            ' {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}',
        ),
    ],
)
def test_a_year_is_uploaded(standard: Standard, of_ada: Client, name: str, content: str) -> None:
    upload = SimpleUploadedFile(name, content.encode())
    assert of_ada.post(url("year_edit", "office"), {"year": "2027", "file": upload}).status_code == 302
    rows = CalendarDay.objects.filter(calendar__code="office", day__year=2027)
    assert list(rows.values_list("kind", flat=True)) == [DayKind.HOLIDAY, DayKind.MAKEUP]
    assert Calendar.objects.get(code="office").published_through == 2027


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("2027.csv", b"date,kind\n2027-02-30,holiday\n"),
        ("2027.csv", b"date,kind\n2027-01-01,party\n"),
        ("2027.csv", b""),
        ("2027.json", b"[]"),
        ("2027.json", b"\xff\xfe{"),
        ("2027.png", b"\x89PNG"),
    ],
)
def test_a_wrong_year_is_refused_whole(standard: Standard, of_ada: Client, name: str, content: bytes) -> None:
    answer = of_ada.post(url("year_edit", "office"), {"year": "2027", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert not CalendarDay.objects.filter(calendar__code="office", day__year=2027).exists()


def test_hours_are_typed_as_people_write_them(standard: Standard, of_ada: Client) -> None:
    typed = {"name_zh": "办公", "name_en": "Office", "country": "cn", "time_zone": "Asia/Shanghai"}
    typed |= {"windows_0": "8:30–12:00，13:00–17:30"}
    assert of_ada.post(url("calendar_edit", "office"), typed).status_code == 302
    assert Calendar.objects.get(code="office").windows == {"0": [["08:30", "12:00"], ["13:00", "17:30"]]}
    answer = of_ada.post(url("calendar_edit", "office"), {**typed, "windows_0": "9-12"})
    assert answer.status_code == 422
    assert "9-12" in answer.content.decode()
