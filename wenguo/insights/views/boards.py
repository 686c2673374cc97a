"""Boards of charts: the house's, one's own, on the wall, as a workbook, in the mail."""

import io
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wenguo.accounts.access import can, check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.accounts.models import User
from wenguo.audit.actions import record_read
from wenguo.audit.choices import ReadKind
from wenguo.insights.access import check_change_board, get_board_for, get_board_mail_for
from wenguo.insights.actions.boards import delete_board, mail_board, save_board, stop_mail
from wenguo.insights.choices import BOARDS, TALL, WIDE, Drawing, Standard
from wenguo.insights.forms import BoardForm, BoardMailForm, SliceForm
from wenguo.insights.models import Board, BoardMail
from wenguo.insights.queries import rollups
from wenguo.insights.queries.boards import boards_of
from wenguo.insights.queries.cards import cards
from wenguo.insights.queries.drawings import DRAWINGS
from wenguo.lib.errors import Refused
from wenguo.lib.exports import write_tables
from wenguo.ui.found import found


@dataclass(frozen=True)
class Shown:
    """What the page is about: a board of the house, or somebody's."""

    name: str
    drawings: list[Drawing]
    url: str
    standard: str = ""
    board: Board | None = None


@login_required
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    return _page(request, _of_house(Standard.OVERVIEW))


@login_required
@require_GET
def standard(request: HttpRequest, key: str) -> HttpResponse:
    """A board of the house."""
    return _page(request, _of_house(key))


@login_required
@require_GET
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """A board somebody put together; the figures are the reader's."""
    return _page(request, _of_person(found(get_board_for, signed_in(request.user), pk)))


@login_required
@require_GET
def standard_export(request: HttpRequest, key: str) -> FileResponse:
    return _workbook(request, _of_house(key))


@login_required
@require_GET
def own_export(request: HttpRequest, pk: int) -> FileResponse:
    return _workbook(request, _of_person(found(get_board_for, signed_in(request.user), pk)))


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new board; `?from=` begins with the charts of another."""
    check_permission(signed_in(request.user), Permission.SEE_FIGURES)
    chosen = BOARDS.get(request.GET.get("from", ""), ())  # type: ignore[call-overload]  # any text may be asked for
    return _edit(request, None, {"drawings": [one.value for one in chosen]})


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    board = found(get_board_for, signed_in(request.user), pk)
    check_change_board(signed_in(request.user), board)
    known = {"name": board.name, "drawings": board.drawings, "is_shared": board.is_shared, **board.filters}
    return _edit(request, board, known)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    delete_board(found(get_board_for, signed_in(request.user), pk), by=signed_in(request.user))
    messages.success(request, _("The board is deleted."))
    return redirect("insights:boards")


@login_required
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """This board, regularly, to the reader's own address."""
    user, form = signed_in(request.user), BoardMailForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose a board, how often, and an hour between 0 and 23."))
    given = form.cleaned_data
    board = found(get_board_for, user, given["board"]) if given["board"] else None
    mail_board(by=user, often=given["often"], hour=given["hour"], board=board, standard=given["standard"])
    messages.success(request, _("The board will come to %(address)s.") % {"address": user.email})
    return redirect(_of_person(board).url if board else _of_house(given["standard"]).url)


@login_required
@require_POST
def mail_stop(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request.user)
    plan = found(get_board_mail_for, user, pk)
    stop_mail(plan, by=user)
    messages.success(request, _("This board comes by mail no more."))
    return redirect(_of_person(plan.board).url if plan.board else _of_house(plan.standard).url)


def _of_house(key: str) -> Shown:
    if key not in Standard.values:
        raise Http404
    which = Standard(key)
    return Shown(str(which.label), list(BOARDS[which]), reverse("insights:board", args=[key]), key)


def _of_person(board: Board) -> Shown:
    drawings = [Drawing(name) for name in board.drawings if name in Drawing.values]
    return Shown(board.name, drawings, reverse("insights:board_own", args=[board.pk]), "", board)


def _page(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Filters from the address, else those the board was kept with."""
    user = signed_in(request.user)
    check_permission(user, Permission.SEE_FIGURES)
    form = _filters(request, shown, user)
    cut = form.slice()
    drawn = [(DRAWINGS[name](cut), _room(name)) for name in shown.drawings]
    is_wall = request.GET.get("wall") == "1"
    context = {
        "shown": shown,
        "form": form,
        "cut": cut,
        "cards": cards(cut) if is_wall or shown.standard == Standard.OVERVIEW else [],
        "charts": drawn,
        "as_of": rollups.as_of(),
        "tabs": [_of_house(which.value) for which in Standard],
        "boards": boards_of(user),
        "may_export": can(user, Permission.EXPORT),
        **_mail_of(user, shown),
    }
    return render(request, "insights/wall.html" if is_wall else "insights/board.html", context)


def _filters(request: HttpRequest, shown: Shown, user: User) -> SliceForm:
    kept = shown.board.filters if shown.board else {}
    return SliceForm({**kept, **{key: str(value) for key, value in request.GET.items()}}, user)


def _room(name: Drawing) -> str:
    return " ".join(["tall"] * (name in TALL) + ["wide"] * (name in WIDE))


def _mail_of(user: User, shown: Shown) -> dict[str, object]:
    plan = BoardMail.objects.filter(user=user, board=shown.board, standard=shown.standard).first()
    number = shown.board.pk if shown.board else None
    return {"mail": plan, "mail_form": BoardMailForm(initial={"board": number, "standard": shown.standard})}


def _workbook(request: HttpRequest, shown: Shown) -> FileResponse:
    """A sheet a chart; who took it away is recorded."""
    user = signed_in(request.user)
    check_permission(user, Permission.SEE_FIGURES)
    check_permission(user, Permission.EXPORT)
    cut = _filters(request, shown, user).slice()
    charts = [DRAWINGS[name](cut) for name in shown.drawings]
    record_read(ReadKind.EXPORT, "figures", f"{shown.standard or shown.name} {request.GET.urlencode()}"[:200], by=user)
    stream = io.BytesIO()
    write_tables([(chart.title, chart.columns, chart.rows) for chart in charts], stream)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{shown.name}-{cut.days.last:%Y%m%d}.xlsx")


def _edit(request: HttpRequest, board: Board | None, known: dict[str, object]) -> HttpResponse:
    form = BoardForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept = save_board(
                by=signed_in(request.user),
                name=given["name"],
                drawings=given["drawings"],
                filters={"period": given["period"]},
                is_shared=given["is_shared"],
                board=board,
            )
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, _("The board is kept."))
            return redirect("insights:board_own", kept.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "insights/board_form.html", {"form": form, "board": board}, status=status)
