"""Who may see and change a board, and who speaks to regulators. Figures are drawn with the reader's own eyes."""

from django.db.models import Q
from django.utils.translation import gettext as _

from wenguo.accounts.access import can, check_permission, grants_of
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import Unit, User
from wenguo.insights.models import Board, BoardMail, RegulatorFile, Report
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


def check_regulators(user: User) -> None:
    """A regulator's file speaks for the whole firm: it is for those who see and take away all of it."""
    check_permission(user, Permission.SEE_FIGURES)
    check_permission(user, Permission.EXPORT)
    grants = grants_of(user)
    if not (grants.everywhere(Permission.SEE_FIGURES) and grants.everywhere(Permission.EXPORT)):
        raise NotAllowed(_("A regulator is told of the whole company: this needs somebody who sees all of it."))


def check_sees_regulators(user: User) -> None:
    """Whoever keeps the codes, or may ask for a file."""
    if not can(user, Permission.SETTINGS):
        check_regulators(user)


def get_regulator_file_for(user: User, pk: int) -> RegulatorFile:
    check_regulators(user)
    return RegulatorFile.objects.select_related("asked_by", "ready_by").get(pk=pk)


def check_unit_figures(user: User, unit: Unit | None) -> None:
    """Reports of a unit are for those who see its figures; of the whole company for those who see all."""
    check_permission(user, Permission.SEE_FIGURES)
    _check_over(user, Permission.SEE_FIGURES, unit)


def check_comment(user: User, unit: Unit | None) -> None:
    """Words on a report: whoever sees the figures and writes notes."""
    check_unit_figures(user, unit)
    check_permission(user, Permission.NOTE)
    _check_over(user, Permission.NOTE, unit)


def check_approve_report(user: User, unit: Unit | None) -> None:
    """Whoever answers for the unit."""
    check_unit_figures(user, unit)
    check_permission(user, Permission.APPROVE)
    _check_over(user, Permission.APPROVE, unit)


def get_report_for(user: User, kind: str, pk: int) -> Report:
    """Reports of units the reader does not see figures of are not there."""
    check_permission(user, Permission.SEE_FIGURES)
    report = Report.objects.select_related("unit", "opened_by", "approved_by").get(pk=pk, kind=kind)
    check_unit_figures(user, report.unit)
    return report


def _check_over(user: User, permission: Permission, unit: Unit | None) -> None:
    grants = grants_of(user)
    if grants.everywhere(permission) or (unit is not None and grants.covers(permission, unit.path)):
        return
    raise NotAllowed(_("This report is about a part of the company you do not answer for."))
