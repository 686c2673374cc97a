"""Boards: what they draw is what the rows say, one's own are one's own, and they come by mail with their pictures."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from wenguo.accounts.models import User
from wenguo.audit.models import AuditEntry
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.boards import delete_board, mail_board, next_time, save_board
from wenguo.insights.actions.fold import fold
from wenguo.insights.actions.mailing import send_due_boards
from wenguo.insights.choices import Drawing, Often, Standard
from wenguo.insights.models import Board, BoardMail
from wenguo.insights.queries.drawings import DRAWINGS, draw
from wenguo.insights.queries.slices import Slice, house_today
from wenguo.insights.rules import Days
from wenguo.insights.rules.provinces import PROVINCES, province_of
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.outbox.models import OutboundMessage

pytestmark = pytest.mark.django_db


def this_year(user: User) -> Slice:
    return Slice(user, Days(house_today() - timedelta(days=364), house_today()))


def test_received_over_time_is_what_the_rows_say(
    mei: User, classified: Complaint, another: Complaint, lake: Path
) -> None:
    fold()
    chart = DRAWINGS[Drawing.FLOW](this_year(mei))
    months = Counter(f"{one.received_at.astimezone(mei.zone):%Y-%m}" for one in (classified, another))
    assert {row[0]: row[1] for row in chart.rows if row[1]} == months


def test_issues_are_what_the_rows_say(mei: User, classified: Complaint, another: Complaint, lake: Path) -> None:
    fold()
    chart = DRAWINGS[Drawing.PARETO_ISSUE](this_year(mei))
    known = [one for one in (classified, another) if one.issue_id]
    assert sum(int(row[1] or 0) for row in chart.rows) == len(known)


def test_every_drawing_is_drawn_for_every_reader(mei: User, mallory: User, classified: Complaint, lake: Path) -> None:
    fold()
    for name in Drawing:
        assert DRAWINGS[name](this_year(mei)).columns
        assert DRAWINGS[name](this_year(mallory)).is_empty, name


def test_a_board_asks_the_database_a_fixed_number_of_times(
    mei: User, classified: Complaint, lake: Path, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fold()
    client.force_login(mei)
    with django_assert_max_num_queries(60):
        page = client.get("/desk/figures/boards/")
    assert page.status_code == 200


def test_a_board_is_kept_with_its_order(mei: User) -> None:
    board = save_board(by=mei, name=" 我的  看板 ", drawings=["calendar", "goals"], filters={"period": "year"})
    assert (board.name, board.drawings) == ("我的 看板", ["calendar", "goals"])
    assert AuditEntry.objects.filter(chain="boards", event="board_saved").count() == 1


@pytest.mark.parametrize(
    ("name", "drawings"), [("", ["goals"]), ("x", []), ("x", ["nothing"]), ("x", [one.value for one in Drawing])]
)
def test_what_is_refused_is_not_kept(mei: User, name: str, drawings: list[str]) -> None:
    with pytest.raises(Refused):
        save_board(by=mei, name=name, drawings=drawings, filters={})
    assert not Board.objects.exists()


def test_two_boards_of_one_name_are_refused(mei: User) -> None:
    save_board(by=mei, name="x", drawings=["goals"], filters={})
    with pytest.raises(Refused):
        save_board(by=mei, name="x", drawings=["calendar"], filters={})
    assert Board.objects.get().drawings == ["goals"]


def test_only_the_owner_changes_and_deletes(mei: User, quinn: User) -> None:
    board = save_board(by=mei, name="x", drawings=["goals"], filters={}, is_shared=True)
    with pytest.raises(NotAllowed):
        save_board(by=quinn, name="y", drawings=["goals"], filters={}, board=board)
    with pytest.raises(NotAllowed):
        delete_board(board, by=quinn)
    assert Board.objects.get().name == "x"


def test_a_private_board_is_not_there_for_others(mei: User, quinn: User, client: Client) -> None:
    board = save_board(by=mei, name="x", drawings=["goals"], filters={})
    client.force_login(quinn)
    assert client.get(f"/desk/figures/boards/own/{board.pk}/").status_code == 404


def test_who_may_not_see_figures_sees_no_board(alice: User, client: Client) -> None:
    client.force_login(alice)
    assert client.get("/desk/figures/boards/").status_code == 403
    assert client.get("/desk/figures/boards/time/figures.xlsx").status_code == 403


def test_the_workbook_has_a_sheet_a_chart(mei: User, classified: Complaint, lake: Path, client: Client) -> None:
    fold()
    client.force_login(mei)
    answer = client.get("/desk/figures/boards/causes/figures.xlsx")
    assert b"".join(answer)[:2] == b"PK"
    assert client.get("/desk/figures/boards/nothing/figures.xlsx").status_code == 404


def test_a_board_comes_by_mail_once_with_its_pictures(mei: User, classified: Complaint, lake: Path) -> None:
    fold()
    plan = mail_board(by=mei, often=Often.DAILY, hour=8, standard=Standard.VOICE)
    BoardMail.objects.filter(pk=plan.pk).update(next_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert (send_due_boards(), send_due_boards()) == (1, 0)
    message = OutboundMessage.objects.get(kind="board")
    assert len(message.pictures) == len(draw(["satisfaction_control", "scores", "loops", "channels"], this_year(mei)))
    for path in message.pictures.values():
        with default_storage.open(path) as picture:
            assert picture.read(4) == b"\x89PNG"


def test_nobody_gets_mail_after_leaving(mei: User, lake: Path) -> None:
    plan = mail_board(by=mei, often=Often.DAILY, hour=8, standard=Standard.VOICE)
    BoardMail.objects.filter(pk=plan.pk).update(next_at=datetime(2026, 1, 1, tzinfo=UTC))
    User.objects.filter(pk=mei.pk).update(is_active=False)
    assert send_due_boards() == 0
    assert not OutboundMessage.objects.filter(kind="board").exists()


@pytest.mark.parametrize(
    ("often", "expected"),
    [(Often.DAILY, "2026-11-23 08:00"), (Often.WEEKLY, "2026-11-23 08:00"), (Often.MONTHLY, "2026-12-01 08:00")],
)
def test_the_next_hour_is_the_readers(mei: User, often: Often, expected: str) -> None:
    friday_evening = datetime(2026, 11, 20, 18, tzinfo=mei.zone)
    assert f"{next_time(often, 8, friday_evening, mei):%Y-%m-%d %H:%M}" == expected


def test_every_province_has_a_tile_of_its_own() -> None:
    assert len(PROVINCES) == 34
    assert len({(one.column, one.row) for one in PROVINCES}) == 34


def test_a_province_is_known_by_each_of_its_names() -> None:
    found = [province_of(name) for name in ("上海", "上海市", "广西壮族自治区", "Shanghai")]
    assert [one.en for one in found if one] == ["Shanghai", "Shanghai", "Guangxi", "Shanghai"]
    assert province_of("somewhere") is None
