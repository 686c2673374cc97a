"""Keeping boards, and who gets them in the mail."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_in
from wenguo.insights.access import check_change_board
from wenguo.insights.choices import Drawing, Often, Standard
from wenguo.insights.models import Board, BoardMail
from wenguo.lib.errors import NotAllowed, Refused
from wenguo.lib.now import now

MOST_BOARDS, MOST_DRAWINGS = 30, 12


@transaction.atomic
def save_board(
    *,
    by: User,
    name: str,
    drawings: Sequence[str],
    filters: Mapping[str, str],
    is_shared: bool = False,
    board: Board | None = None,
) -> Board:
    """Keeps a new board or changes one's own. The order of `drawings` is the order on the page."""
    check_permission(by, Permission.SEE_FIGURES)
    if board is not None:
        check_change_board(by, board)
    name = " ".join(name.split())[:60]
    _check(by, name, drawings, board)
    moment = now()
    board = board or Board(owner=by, created_at=moment)
    board.name, board.drawings, board.filters = name, list(dict.fromkeys(drawings)), dict(filters)
    board.is_shared, board.changed_at = is_shared, moment
    board.save()
    body = {"board": board.pk, "name": name, "drawings": board.drawings, "is_shared": is_shared}
    record_in("boards", "board_saved", by=by, body=body)
    return board


@transaction.atomic
def delete_board(board: Board, *, by: User) -> None:
    """Gone for everybody it was shared with; what was mailed of it is mailed no more."""
    check_change_board(by, board)
    record_in("boards", "board_deleted", by=by, body={"board": board.pk, "name": board.name})
    board.delete()


@transaction.atomic
def mail_board(*, by: User, often: str, hour: int, board: Board | None = None, standard: str = "") -> BoardMail:
    """The person gets this board in the mail, one plan a board: a new one replaces the old."""
    check_permission(by, Permission.SEE_FIGURES)
    if not by.email:
        raise Refused(_("Your account has no e-mail address. Ask an administrator to enter one."))
    if often not in Often.values or not 0 <= hour <= 23 or (board is None and standard not in Standard.values):
        raise Refused(_("Choose a board, how often, and an hour between 0 and 23."))
    if board is not None and board.owner_id != by.pk and not board.is_shared:
        raise NotAllowed(_("This board is not shared with you."))
    plan = {"often": often, "hour": hour, "next_at": next_time(Often(often), hour, now(), by)}
    kept, _made = BoardMail.objects.update_or_create(user=by, board=board, standard=standard, defaults=plan)
    record_in("boards", "board_mailed", by=by, body={"board": board.pk if board else standard, "often": often})
    return kept


@transaction.atomic
def stop_mail(mail: BoardMail, *, by: User) -> None:
    record_in("boards", "board_mail_stopped", by=by, body={"board": mail.board_id or mail.standard})
    mail.delete()


def next_time(often: Often, hour: int, after: datetime, user: User) -> datetime:
    """The next such hour in the person's zone after `after`: a working day, a Monday, or the first of a month."""
    day = after.astimezone(user.zone).date()
    while True:
        moment = datetime.combine(day, time(hour), user.zone)
        fits = {Often.DAILY: day.weekday() < 5, Often.WEEKLY: day.weekday() == 0, Often.MONTHLY: day.day == 1}[often]
        if fits and moment > after:
            return moment
        day += timedelta(days=1)


def _check(by: User, name: str, drawings: Sequence[str], board: Board | None) -> None:
    if not name:
        raise Refused(_("Give the board a name."), "name")
    if not drawings:
        raise Refused(_("Choose at least one chart."), "drawings")
    if len(drawings) > MOST_DRAWINGS:
        raise Refused(_("A board holds at most %(n)d charts.") % {"n": MOST_DRAWINGS}, "drawings")
    if set(drawings) - set(Drawing.values):
        raise Refused(_("One of these charts does not exist."), "drawings")
    own = Board.objects.filter(owner=by)
    others = own.exclude(pk=board.pk) if board and board.pk else own
    if others.filter(name=name).exists():
        raise Refused(_("You have a board of this name. Choose another name."), "name")
    if board is None and own.count() >= MOST_BOARDS:
        raise Refused(_("You have %(n)d boards. Delete one first.") % {"n": MOST_BOARDS})
