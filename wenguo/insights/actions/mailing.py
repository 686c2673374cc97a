"""Boards in the mail: drawn with the reader's eyes and language, left in the outbox with their pictures.

Runs in the worker's child: the engine that draws takes some sixty megabytes.
"""

import uuid
from datetime import timedelta
from importlib.resources import files

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wenguo.accounts.access import can
from wenguo.accounts.choices import Permission
from wenguo.insights.actions.boards import next_time
from wenguo.insights.choices import BOARDS, Often, Standard
from wenguo.insights.models import Board, BoardMail
from wenguo.insights.queries import rollups
from wenguo.insights.queries.drawings import draw
from wenguo.insights.queries.slices import kept_slice
from wenguo.lib.charts import Chart
from wenguo.lib.charts.drawing import Pen
from wenguo.lib.links import url
from wenguo.lib.now import now
from wenguo.outbox.actions import leave_message

FOLDER = "mail"
_ROWS_IN_TEXT = 12


def send_due_boards() -> int:
    """Every board whose hour has come, once; how many were left in the outbox."""
    library = files("wenguo.ui").joinpath("static/ui/vendor/echarts.js").read_text(encoding="utf-8")
    pen = Pen(library) if library.strip() else None
    sent = 0
    for pk in BoardMail.objects.filter(next_at__lte=now()).order_by("next_at").values_list("pk", flat=True):
        sent += _send(pk, pen)
    return sent


@transaction.atomic
def _send(pk: int, pen: Pen | None) -> int:
    """Message and next hour in one transaction: a child that dies sends neither or once."""
    due = BoardMail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user", "board")
    mail = due.filter(pk=pk, next_at__lte=now()).first()
    if mail is None:
        return 0
    mail.last_at, mail.next_at = now(), next_time(Often(mail.often), mail.hour, now(), mail.user)
    mail.save(update_fields=["last_at", "next_at"])
    if not (mail.user.is_active and mail.user.email and can(mail.user, Permission.SEE_FIGURES)):
        return 0
    with translation.override(mail.user.language), timezone.override(mail.user.zone):
        _leave(mail, pen)
    return 1


def _leave(mail: BoardMail, pen: Pen | None) -> None:
    name, drawings, filters = _content(mail.board, mail.standard)
    cut = kept_slice(filters, mail.user)
    charts = draw(drawings, cut)
    pictures = _kept_pictures(charts, pen)
    path = f"own/{mail.board_id}/" if mail.board_id else f"{mail.standard}/"
    context = {
        "name": name,
        "charts": list(zip(charts, pictures or [""] * len(charts), strict=True)),
        "days": cut.days,
        "as_of": rollups.as_of(),
        "address": url("boards") + path,
    }
    leave_message(
        kind="board",
        to=mail.user.email,
        subject=_("%(board)s, %(first)s to %(last)s") % {"board": name, "first": cut.days.first, "last": cut.days.last},
        body=_as_text(name, charts, str(context["address"])),
        html=render_to_string("insights/board_mail.html", context),
        pictures=pictures,
        language=mail.user.language,
        about=f"board:{mail.pk}",
    )


def _content(board: Board | None, standard: str) -> tuple[str, list[str], dict[str, str]]:
    if board is not None:
        return board.name, board.drawings, board.filters
    return str(Standard(standard).label), [one.value for one in BOARDS[Standard(standard)]], {}


def _kept_pictures(charts: list[Chart], pen: Pen | None) -> dict[str, str]:
    """{content id: path in the file store}, in the order of the charts; nothing where nothing can be drawn."""
    if pen is None:
        return {}
    kept = {}
    for chart in charts:
        number = uuid.uuid4().hex
        kept[number] = default_storage.save(f"{FOLDER}/{number}.png", ContentFile(pen.png(chart)))
    return kept


def _as_text(name: str, charts: list[Chart], address: str) -> str:
    """For programs that show no pictures: each chart's table, its first rows."""
    lines = [name, address]
    for chart in charts:
        lines += ["", chart.title, " | ".join(chart.columns)]
        lines += [" | ".join("–" if cell is None else str(cell) for cell in row) for row in chart.rows[:_ROWS_IN_TEXT]]
    return "\n".join(lines)


def tidy_pictures(older_than: timedelta = timedelta(days=30)) -> int:
    """Pictures of mails long sent; how many went."""
    gone = 0
    if not default_storage.exists(FOLDER):
        return 0
    for name in default_storage.listdir(FOLDER)[1]:
        if default_storage.get_created_time(f"{FOLDER}/{name}") < now() - older_than:
            default_storage.delete(f"{FOLDER}/{name}")
            gone += 1
    return gone
