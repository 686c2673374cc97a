"""Chasers, notes, calls, files, tasks, clocks."""

from typing import Any

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Status
from ninja.files import UploadedFile

from wenguo.accounts.choices import Scope
from wenguo.complaints.access import get_attachment_for, get_clock_for, get_task_for, readable_files
from wenguo.complaints.actions import (
    add_file,
    add_note,
    add_task,
    add_words,
    chase_complaint,
    extend_clock,
    finish_task,
    log_call,
    open_file,
    reassign_task,
    resume_clock,
    stop_clock,
)
from wenguo.complaints.api.asked import asked, caller, node_or_none, one_of, person_of, router, step
from wenguo.complaints.api.given import AssigneeIn, CallIn, ExtendIn, NoteIn, StopClockIn, TaskIn, TextIn, WordsIn
from wenguo.complaints.api.schemas import ClockOut, FileOut, TaskOut
from wenguo.complaints.choices import PauseReason, Visibility
from wenguo.complaints.models import Attachment, Task
from wenguo.complaints.queries import clocks_shown, files_of, tasks_of
from wenguo.customers.choices import Direction
from wenguo.lib.now import now
from wenguo.lib.standing import Standing, standing
from wenguo.process.choices import TreeKind
from wenguo.ui.found import found


@router.post("/{reference}/chase", response=Standing, summary="Chase", operation_id="complaint_chase")
def chase(request: HttpRequest, reference: str, body: WordsIn) -> Standing:
    return step(request, reference, chase_complaint, words=body.words)


@router.post("/{reference}/notes", response={201: int}, summary="Internal note", operation_id="complaint_note")
def note(request: HttpRequest, reference: str, body: TextIn) -> Status[int]:
    user, complaint = asked(request, reference)
    return Status(201, add_note(complaint, by=user, text=body.text).pk)


@router.post("/{reference}/words", response={201: int}, summary="The complainant adds", operation_id="complaint_words")
def words(request: HttpRequest, reference: str, body: WordsIn) -> Status[int]:
    user, complaint = asked(request, reference)
    return Status(201, add_words(complaint, by=user, words=body.words, through=body.through).pk)


@router.post("/{reference}/calls", response={201: int}, summary="Log a call", operation_id="complaint_call")
def call(request: HttpRequest, reference: str, body: CallIn) -> Status[int]:
    user, complaint = asked(request, reference)
    given = body.dict(exclude={"channel", "direction"})
    channel = node_or_none(TreeKind.CHANNEL, body.channel, "channel")
    direction = one_of(Direction, body.direction, "direction")
    return Status(201, log_call(complaint, by=user, channel=channel, direction=direction, **given).pk)


@router.get("/{reference}/files", response=list[FileOut], summary="Files", operation_id="complaint_files")
def files(request: HttpRequest, reference: str) -> Any:
    user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return files_of(complaint).filter(readable_files(user, complaint))


@router.post("/{reference}/files", response={201: FileOut}, summary="Attach a file", operation_id="complaint_attach")
def attach(
    request: HttpRequest, reference: str, file: File[UploadedFile], visibility: Form[str] = "internal"
) -> Status[Attachment]:
    user, complaint = asked(request, reference)
    seen = one_of(Visibility, visibility, "visibility")
    added = add_file(complaint, by=user, name=file.name or "", content=file.read(), visibility=Visibility(seen))
    return Status(201, added)


@router.get("/{reference}/files/{pk}", summary="Download a file", operation_id="complaint_file")
def download(request: HttpRequest, reference: str, pk: int) -> FileResponse:
    user = caller(request, Scope.COMPLAINTS_READ)
    attachment = found(get_attachment_for, user, reference, pk)
    content = open_file(attachment, by=user)
    answer = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@router.get("/{reference}/tasks", response=list[TaskOut], summary="Tasks", operation_id="complaint_tasks")
def tasks(request: HttpRequest, reference: str) -> Any:
    _user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return tasks_of(complaint)


@router.post("/{reference}/tasks", response={201: TaskOut}, summary="New task", operation_id="complaint_task")
def task(request: HttpRequest, reference: str, body: TaskIn) -> Status[Task]:
    user, complaint = asked(request, reference)
    assignee = person_of(body.assignee, "assignee")
    return Status(201, add_task(complaint, by=user, title=body.title, assignee=assignee, due_at=body.due_at))


@router.post("/{reference}/tasks/{pk}/done", response=TaskOut, summary="Task done", operation_id="complaint_task_done")
def task_done(request: HttpRequest, reference: str, pk: int, body: NoteIn) -> Task:
    user = caller(request)
    return finish_task(found(get_task_for, user, reference, pk), by=user, note=body.note)


@router.post(
    "/{reference}/tasks/{pk}/reassign",
    response=TaskOut,
    summary="Give a task to somebody else",
    operation_id="complaint_task_reassign",
)
def task_reassign(request: HttpRequest, reference: str, pk: int, body: AssigneeIn) -> Task:
    user = caller(request)
    assignee = person_of(body.assignee, "assignee")
    return reassign_task(found(get_task_for, user, reference, pk), by=user, assignee=assignee)


@router.get("/{reference}/clocks", response=list[ClockOut], summary="Clocks", operation_id="complaint_clocks")
def clocks(request: HttpRequest, reference: str) -> list[ClockOut]:
    """Each with why its date is what it is."""
    _user, complaint = asked(request, reference, Scope.COMPLAINTS_READ)
    return [
        ClockOut(
            id=one.clock.pk,
            rule=one.clock.rule,
            name=one.name,
            state=one.state,
            duty_holder=one.clock.duty_holder,
            started_at=one.clock.started_at,
            due_at=one.clock.due_at,
            is_provisional=one.clock.is_provisional,
            stopped_at=one.clock.stopped_at,
            why=one.why,
        )
        for one in clocks_shown(complaint, now())
    ]


@router.post(
    "/{reference}/clocks/stop", response=Standing, summary="Stop the clock", operation_id="complaint_stop_clock"
)
def stop(request: HttpRequest, reference: str, body: StopClockIn) -> Standing:
    user, complaint = asked(request, reference)
    reason = one_of(PauseReason, body.reason, "reason")
    stop_clock(complaint, by=user, reason=reason, note=body.note, version=body.version)
    return standing(complaint)


@router.post(
    "/{reference}/clocks/resume",
    response=Standing,
    summary="Let the clock run again",
    operation_id="complaint_resume_clock",
)
def resume(request: HttpRequest, reference: str, body: NoteIn) -> Standing:
    return step(request, reference, resume_clock, note=body.note, version=body.version)


@router.post(
    "/{reference}/clocks/{pk}/extend",
    response=Standing,
    summary="Extend a clock",
    operation_id="complaint_extend_clock",
)
def extend(request: HttpRequest, reference: str, pk: int, body: ExtendIn) -> Standing:
    user, complaint = asked(request, reference)
    clock = found(get_clock_for, user, reference, pk)
    extend_clock(clock, by=user, add=body.add, reason=body.reason, version=body.version)
    return standing(complaint)
