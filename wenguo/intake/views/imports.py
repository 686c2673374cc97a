"""Files taken in: upload, preview, dry run, import by the worker with its progress, errors, undo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from wenguo.accounts.access import check_permission, signed_in
from wenguo.accounts.choices import Permission
from wenguo.intake import actions
from wenguo.intake.choices import IMPORT_STATE_KIND, ImportState
from wenguo.intake.forms import ColumnsForm, EmptyForm, PresetForm, UploadForm
from wenguo.intake.models import ImportBatch
from wenguo.intake.queries.imports import batch_progress, get_batch_for, imports_page, may_undo, quarantined
from wenguo.intake.queries.mappings import mapping_of, presets, template_columns
from wenguo.intake.queries.preview import Preview, preview
from wenguo.lib.errors import Refused
from wenguo.lib.exports import write_csv
from wenguo.ui.steps import StepPage, answer_step

SHOWN_ERRORS = 20
PREPARING = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: also where its button alone was sent."""
    return request.POST if request.method == "POST" else None


def batch_or_404(request: HttpRequest, pk: int) -> ImportBatch:
    try:
        return get_batch_for(signed_in(request.user), pk)
    except ImportBatch.DoesNotExist as gone:
        raise Http404 from gone


def page_of(batch: ImportBatch) -> str:
    return reverse("intake:batch", kwargs={"pk": batch.pk})


@login_required
def imports(request: HttpRequest) -> HttpResponse:
    """The list, with the form that takes a file."""
    user = signed_in(request.user)
    page = imports_page(user, request.GET.get("page"))
    form = UploadForm(posted(request), request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                batch = actions.take_upload(form.cleaned_data["file"], by=user, preset_name=form.cleaned_data["preset"])
                return redirect(page_of(batch))
            except Refused as no:
                form.add_error(no.field if no.field in form.fields else None, no.sentence)
    kinds = IMPORT_STATE_KIND
    context = {"page": page, "form": form, "kinds": kinds, "presets": presets().values()}
    return render(request, "intake/imports.html", context, status=status)


@require_GET
@login_required
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    found = batch_or_404(request, pk)
    shown, unreadable = _preview(found)
    context = {
        "batch": found,
        "kind": IMPORT_STATE_KIND[ImportState(found.state)],
        "busy": batch_progress(found),
        "preparing": found.state in PREPARING and bool(found.stored_as),
        "may_undo": may_undo(found),
        "preview": shown,
        "unreadable": unreadable,
        "preset_form": PresetForm(initial={"preset": found.preset}),
        "columns_form": shown and ColumnsForm(columns=shown.columns, mapping=shown.mapping),
        "errors": list(quarantined(found, SHOWN_ERRORS)),
    }
    return render(request, "intake/batch.html", context)


@require_GET
@login_required
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures while the worker goes on; when it is done the page is loaded anew."""
    found = batch_or_404(request, pk)
    if not batch_progress(found):
        return HttpResponse(headers={"HX-Refresh": "true"})
    kind = IMPORT_STATE_KIND[ImportState(found.state)]
    return render(request, "intake/_progress.html", {"batch": found, "busy": True, "kind": kind})


@require_POST
@login_required
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Another preset, or columns of one's own."""
    found = batch_or_404(request, pk)
    user = signed_in(request.user)
    if "source_system" in request.POST:
        shown = preview(found)
        columns = ColumnsForm(request.POST, columns=shown.columns, mapping=shown.mapping)
        if not columns.is_valid():
            raise Refused(_("Correct the name of the other system and the columns."))
        actions.choose_mapping(found, by=user, preset_name=found.preset, mapping_text=columns.as_mapping())
    else:
        actions.choose_mapping(found, by=user, preset_name=request.POST.get("preset", ""))
    return redirect(page_of(found))


@require_POST
@login_required
def check(request: HttpRequest, pk: int) -> HttpResponse:
    found = batch_or_404(request, pk)
    actions.ask_for_check(found, by=signed_in(request.user))
    return redirect(page_of(found))


@require_POST
@login_required
def start(request: HttpRequest, pk: int) -> HttpResponse:
    found = batch_or_404(request, pk)
    actions.ask_for_import(found, by=signed_in(request.user))
    messages.success(request, _("The import starts in a moment. You may leave this page."))
    return redirect(page_of(found))


@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = batch_or_404(request, pk), signed_in(request.user)
    page = StepPage(
        _("Take this import back?"), page_of(found), _("Take the import back"), danger=True,
        hint=_("All %(count)d complaints of this file are removed. The audit remembers that they were here.")
        % {"count": found.imported},
    )  # fmt: skip
    return answer_step(request, page, EmptyForm(posted(request)), lambda _v: actions.ask_for_undo(found, by=user))


@login_required
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found, user = batch_or_404(request, pk), signed_in(request.user)
    title, back = _("Throw this file away?"), reverse("intake:import")
    page = StepPage(title, back, _("Throw it away"), _("The file is gone."), found.file_name, danger=True)
    return answer_step(request, page, EmptyForm(posted(request)), lambda _v: actions.drop_upload(found, by=user))


@require_GET
@login_required
def errors(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The rows that were not taken in, to be corrected and imported again."""
    found = batch_or_404(request, pk)
    first = next(quarantined(found, 1), {"row": "", "error": ""})
    answer = StreamingHttpResponse(write_csv(quarantined(found), list(first)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{found.pk}-errors.csv"'
    return answer


@require_GET
@login_required
def template(request: HttpRequest, preset: str) -> StreamingHttpResponse:
    """An empty file with the columns of this kind."""
    check_permission(signed_in(request.user), Permission.IMPORT)
    if preset not in presets():
        raise Http404
    columns = template_columns(mapping_of({}, preset))
    answer = StreamingHttpResponse(write_csv([], columns), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{preset}.csv"'
    return answer


def _preview(found: ImportBatch) -> tuple[Preview | None, str]:
    """What the file looks like while it may still be mapped; else what is wrong with it."""
    if found.state not in PREPARING or not found.stored_as:
        return None, ""
    try:
        return preview(found), ""
    except (Refused, FileNotFoundError) as no:
        return None, getattr(no, "sentence", "") or _("The file is not there any more. Upload it again.")
