"""Writing on the timeline, files and tasks."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from wenguo.accounts.choices import Permission
from wenguo.complaints.access import (
    check_open,
    check_permission_on,
    get_attachment_for,
    get_complaint_for,
    get_task_for,
)
from wenguo.complaints.actions import (
    add_files,
    add_note,
    add_task,
    add_words,
    finish_task,
    log_call,
    open_file,
    reassign_task,
)
from wenguo.complaints.choices import Visibility
from wenguo.complaints.forms.judge import NoteForm
from wenguo.complaints.forms.sides import CallForm, FileForm, InternalNoteForm, ReassignForm, TaskForm, WordsForm
from wenguo.ui.found import found, signed_in
from wenguo.ui.steps import Given, answer, opened, page_and_form, page_for


@login_required
@page_and_form
def note(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_permission_on(signed_in(request), complaint, Permission.NOTE)
    form = InternalNoteForm(request.POST or None)
    page = page_for(complaint, _("Internal note"), submit=_("Save the note"))
    return answer(request, page, form, lambda given: add_note(complaint, by=signed_in(request), text=given["text"]))


@login_required
@page_and_form
def call(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_permission_on(signed_in(request), complaint, Permission.CONTACT)
    form = CallForm(request.POST or None)
    page = page_for(complaint, _("Log a call"))

    def perform(given: Given) -> object:
        given["minutes"] = given["minutes"] or 0
        given.pop("version")
        return log_call(complaint, by=signed_in(request), **given)

    return answer(request, page, form, perform)


@login_required
@page_and_form
def words(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_permission_on(signed_in(request), complaint, Permission.CONTACT)
    form = WordsForm(request.POST or None)
    page = page_for(complaint, _("Add the complainant's words"))
    return answer(request, page, form, lambda given: add_words(complaint, by=signed_in(request), words=given["words"]))


@login_required
@page_and_form
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_permission_on(signed_in(request), complaint, Permission.NOTE)
    form = FileForm(request.POST or None, request.FILES or None)

    def perform(given: Given) -> object:
        files = [(file.name or "", file) for file in given["attachments"]]
        seen = Visibility(given["visibility"])
        return add_files(complaint, files, by=signed_in(request), visibility=seen)

    return answer(request, page_for(complaint, _("Attach files")), form, perform)


@login_required
@require_GET
def download(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    """Always as a download, never shown inside our pages; who opened it is recorded."""
    attachment = found(get_attachment_for, signed_in(request), reference, pk)
    content = open_file(attachment, by=signed_in(request))
    answered = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    answered["X-Content-Type-Options"] = "nosniff"
    answered["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answered["Cache-Control"] = "private, no-store"
    return answered


@login_required
@page_and_form
def task(request: HttpRequest, reference: str) -> HttpResponse:
    complaint = opened(request, reference, get_complaint_for)
    check_open(complaint)
    check_permission_on(signed_in(request), complaint, Permission.NOTE)
    form = TaskForm(request.POST or None, complaint=complaint)

    def perform(given: Given) -> object:
        given.pop("version")
        return add_task(complaint, by=signed_in(request), **given)

    return answer(request, page_for(complaint, _("New task")), form, perform)


@login_required
@page_and_form
def task_done(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    one = found(get_task_for, signed_in(request), reference, pk)
    form = NoteForm(request.POST or None)
    page = page_for(one.complaint, _("Task done"), hint=one.title)
    return answer(request, page, form, lambda given: finish_task(one, by=signed_in(request), note=given["note"]))


@login_required
@page_and_form
def task_reassign(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    one = found(get_task_for, signed_in(request), reference, pk)
    form = ReassignForm(request.POST or None, complaint=one.complaint)
    page = page_for(one.complaint, _("Give the task to somebody else"), hint=one.title)
    return answer(
        request, page, form, lambda given: reassign_task(one, by=signed_in(request), assignee=given["assignee"])
    )
