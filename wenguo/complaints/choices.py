"""The words of the complaint itself: status, steps of the life cycle, entries, clocks, links."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    OPEN = "open", _("In progress")
    WAITING = "waiting", _("Waiting for the complainant")
    SECOND_REVIEW = "second_review", _("In second review")
    HANDLED = "handled", _("Handled")
    CLOSED = "closed", _("Closed")
    CLOSED_WITH_NOTICE = "closed_with_notice", _("Closed with notice")
    NOT_ACCEPTED = "not_accepted", _("Closed, not accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")


OPEN_STATUSES = (Status.OPEN, Status.WAITING, Status.SECOND_REVIEW, Status.HANDLED)
ENDED_STATUSES = tuple(status for status in Status if status not in OPEN_STATUSES)

STATUS_KIND = {  # colour words of the design system
    Status.OPEN: "act",
    Status.WAITING: "neutral",
    Status.SECOND_REVIEW: "urgent",
    Status.HANDLED: "ok",
    Status.CLOSED: "ok",
    Status.CLOSED_WITH_NOTICE: "neutral",
    Status.NOT_ACCEPTED: "major",
    Status.DECLINED: "neutral",
    Status.WITHDRAWN: "neutral",
    Status.MERGED: "neutral",
}


class Step(TextChoices):
    """The verbs of the life cycle; buttons, API verbs and audit events carry these names."""

    SUBMIT = "submit", _("Submit")
    ACCEPT = "accept", _("Accept")
    JUDGE_VALID = "judge_valid", _("Judge valid")
    DECLINE = "decline", _("Decline")
    ASK_MORE = "ask_more", _("Ask for more")
    RECEIVE_MORE = "receive_more", _("Go on with what came in")
    CLASSIFY = "classify", _("Classify")
    SET_IMPORTANCE = "set_importance", _("Set importance")
    REWEIGH = "reweigh", _("Change the importance")
    RECORD_REVIEW = "record_review", _("Record the review")
    ASSIGN = "assign", _("Assign")
    TAKE_ON = "take_on", _("Take on")
    RETURN_DISPATCH = "return_dispatch", _("Return the dispatch")
    ARBITRATE = "arbitrate", _("Decide the return")
    HAND_OVER = "hand_over", _("Hand over")
    FINISH_CAUSE = "finish_cause", _("Finish cause analysis")
    DECIDE = "decide", _("Decide the remedy")
    SEND_REPLY = "send_reply", _("Send the reply")
    ACCEPT_REPLY = "accept_reply", _("Reply accepted")
    REFUSE_REPLY = "refuse_reply", _("Reply refused")
    REWORK = "rework", _("Work out another remedy")
    FINAL_OPINION = "final_opinion", _("Send the final opinion")
    PERFORM = "perform", _("Remedy performed")
    HANDLE = "handle", _("Mark as handled")
    CALL_BACK = "call_back", _("Record the call-back")
    CLOSE = "close", _("Close the complaint")
    CLOSE_WITH_NOTICE = "close_with_notice", _("Close with notice")
    MARK = "mark", _("Record use and improvement")
    INSPECT = "inspect", _("Inspect")
    WITHDRAW = "withdraw", _("Withdraw")
    REOPEN = "reopen", _("Reopen")
    MERGE = "merge", _("Merge")


class Who(TextChoices):
    """Whom a step asks beside the permission."""

    ANYONE = "anyone", _("anyone with the permission")
    OWNER = "owner", _("the owner or the lead of the unit")
    NOT_OWNER = "not_owner", _("someone other than the owner")
    NOT_OWNER_IF_GRAVE = "not_owner_if_grave", _("someone other than the owner where it is major or complex")


class EntryKind(TextChoices):
    WORDS = "words", _("Customer's words")
    CALL = "call", _("Call")
    MAIL = "mail", _("Mail")
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Internal note")
    STEP = "step", _("Step")
    NOTICE = "notice", _("Notice")
    TASK = "task", _("Task")
    FILE = "file", _("File")
    CLOCK = "clock", _("Clock")


class Visibility(TextChoices):
    PUBLIC = "public", _("Seen by the complainant")
    INTERNAL = "internal", _("Internal")


class ClockState(TextChoices):
    RUNNING = "running", _("Running")
    PAUSED = "paused", _("Paused")
    MET = "met", _("Met")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Cancelled")


class ClockEventKind(TextChoices):
    STARTED = "started", _("Started")
    PAUSED = "paused", _("Paused")
    RESUMED = "resumed", _("Resumed")
    EXTENDED = "extended", _("Extended")
    RECALCULATED = "recalculated", _("Recalculated")
    WARNED = "warned", _("Warned")
    STOPPED = "stopped", _("Stopped")


class PauseReason(TextChoices):
    COMPLAINANT = "complainant", _("Waiting for the complainant")
    APPRAISAL = "appraisal", _("Expert appraisal")
    PART = "part", _("Waiting for a part")


class LinkKind(TextChoices):
    RELATED = "related", _("Related")
    DUPLICATE = "duplicate", _("Duplicate")
    REPEAT = "repeat", _("Repeat")
    PARENT = "parent", _("Part of")


class Source(TextChoices):
    LIVE = "live", _("Live")
    IMPORTED = "imported", _("Imported")


class InvolvedAs(TextChoices):
    RECEIVING = "receiving", _("Receiving unit")
    LEAD = "lead", _("Lead unit")
    ASSISTING = "assisting", _("Assisting unit")
    RESPONDENT = "respondent", _("Respondent")


class PassedBy(TextChoices):
    """The rules by which a stage is passed without being done."""

    NO_REVIEW = "no_review", _("only major, complex and disputed complaints are reviewed")
    NOTHING_TO_PERFORM = "nothing_to_perform", _("nothing was left to be performed")
    NOT_DRAWN = "not_drawn", _("ordinary, and not drawn for a call-back")
    HISTORY = "history", _("imported history: done elsewhere before")


class ValidityVerdict(TextChoices):
    VALID = "valid", _("Valid")
    DECLINED = "declined", _("Declined")
    MORE = "more", _("More needed")


class ValidWhen(TextChoices):
    """What stage 3 looks at. Whether the facts are true is not among it."""

    COMPLAINT = "complaint", _("It is a complaint: dissatisfaction, and an answer is expected")
    OURS = "ours", _("It is about our products, services or people")
    IDENTIFIABLE = "identifiable", _("Product, purchase or event can be identified")
    COMPLETE = "complete", _("There is enough to begin with")
    NEW = "new", _("It is not the same complaint again")


class Score(IntegerChoices):
    """The four scores of stage 5."""

    NONE = 1, _("1 · none")
    SLIGHT = 2, _("2 · slight")
    MODERATE = 3, _("3 · moderate")
    SERIOUS = 4, _("4 · serious")
    GRAVE = 5, _("5 · grave")


class FileReading(TextChoices):
    """How far the text of a file has come into the search."""

    WAITING = "waiting", _("Waiting to be read")
    READ = "read", _("Read")
    NOTHING = "nothing", _("No text in it")
    FAILED = "failed", _("Cannot be read")


class EndedAs(TextChoices):
    """How an ended complaint counts in the figures."""

    SATISFIED = "satisfied", _("Satisfied")
    NEUTRAL = "neutral", _("Neither satisfied nor dissatisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")
    UNASKED = "unasked", _("Not asked")
