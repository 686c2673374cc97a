"""Who may see and change a board. Its figures are always drawn with the reader's own eyes."""

from django.db.models import Q
from django.utils.translation import gettext as _

from wenguo.accounts.access import check_permission
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.insights.models import Board, BoardMail
from wenguo.lib.errors import NotAllowed


def get_board_for(user: User, pk: int) -> Board:
    """Own and shared boards; anything else is not there."""
    check_permission(user, Permission.SEE_FIGURES)
    return Board.objects.select_related("owner").get(Q(owner=user) | Q(is_shared=True), pk=pk)


def get_board_mail_for(user: User, pk: int) -> BoardMail:
    return BoardMail.objects.get(user=user, pk=pk)


def check_change_board(user: User, board: Board) -> None:
    """Only its owner changes a board; others make a copy."""
    check_permission(user, Permission.SEE_FIGURES)
    if board.owner_id != user.pk:
        raise NotAllowed(_("Only the owner changes a board. Make a copy of it."))
