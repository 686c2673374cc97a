"""The words of the process standard: stages, importance, limits, kinds of tree."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """The fourteen stages, in order (ISO 10002:2018 clauses 7–8 = GB/T 19012-2019)."""

    COLLECT = "collect", _("Collect")
    ACCEPT = "accept", _("Accept and record")
    VALIDITY = "validity", _("Validity")
    CLASSIFY = "classify", _("Classify")
    IMPORTANCE = "importance", _("Importance")
    REVIEW = "review", _("Review")
    ASSIGN = "assign", _("Assign")
    CAUSE = "cause", _("Cause analysis")
    RESOLVE = "resolve", _("Resolve")
    FOLLOW_UP = "follow_up", _("Follow up")
    FEED_BACK = "feed_back", _("Feed back")
    CALL_BACK = "call_back", _("Call-back")
    IMPROVE = "improve", _("Use and improve")
    SUPERVISE = "supervise", _("Supervise")

    @property
    def number(self) -> int:
        """1 to 14."""
        return list(Stage).index(self) + 1


class StageGroup(TextChoices):
    """The six groups of the stepper."""

    TAKE_IN = "take_in", _("Take in")
    VERIFY = "verify", _("Verify")
    DISPATCH = "dispatch", _("Dispatch")
    HANDLE = "handle", _("Handle")
    REPLY = "reply", _("Reply")
    CALL_BACK = "call_back", _("Call back")


class Importance(TextChoices):
    ORDINARY = "ordinary", _("Ordinary")
    MAJOR = "major", _("Major")
    COMPLEX = "complex", _("Complex")


class LimitUnit(TextChoices):
    HOUR = "hour", _("hours")
    BUSINESS_HOURS = "business_hours", _("working hours")
    WORKING_DAY = "working_day", _("working days")
    CALENDAR_DAY = "calendar_day", _("calendar days")
    WEEK = "week", _("weeks")
    MONTH = "month", _("months")


class Roll(TextChoices):
    NONE = "none", _("no roll")
    STATUTORY_HOLIDAY = "statutory_holiday", _("to the day after a statutory holiday")
    ANY_REST_DAY = "any_rest_day", _("to the day after any rest day")


class DutyHolder(TextChoices):
    COMPANY = "company", _("Company")
    DEALER = "dealer", _("Dealer")
    REPAIRER = "repairer", _("Repairer")
    AGENCY = "agency", _("Agency")
    COMPLAINANT = "complainant", _("Complainant")


class StandardState(TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("In force")
    RETIRED = "retired", _("Retired")


class TreeKind(TextChoices):
    PRODUCT = "product", _("Product")
    ISSUE = "issue", _("Issue")
    CAUSE = "cause", _("Cause")
    CHANNEL = "channel", _("Channel")
    REMEDY = "remedy", _("Remedy")
    DECLINE_REASON = "decline_reason", _("Decline reason")


class DayKind(TextChoices):
    HOLIDAY = "holiday", _("Holiday")
    MAKEUP = "makeup", _("Make-up working day")
    SHORT = "short", _("Short working day")


class Confidence(TextChoices):
    """How sure we are of a clock rule's wording."""

    FULL_TEXT = "full text", _("Full text read")
    HANDBOOK = "handbook", _("Regulator's handbook")
    SECONDARY = "secondary", _("Secondary source")
    OURS = "ours", _("Our own promise")


class TreeFault(TextChoices):
    """What can be wrong with a row of an imported tree."""

    NO_NAME = "no_name", _("The name is missing.")
    BAD_CODE = "bad_code", _("A code has letters, digits, hyphens, underscores and dots only, at most 80.")
    REPEATED = "repeated", _("This code stands in an earlier row already.")
    UNKNOWN_PARENT = "unknown_parent", _("The parent is neither in the file nor in the tree.")
    CYCLE = "cycle", _("The node would be below itself.")
    TOO_DEEP = "too_deep", _("A tree has at most six levels.")
    TOO_LONG = "too_long", _("A name has at most 200 characters.")


# What a field is called in forms, differences and histories.
FIELD_LABELS = {
    "name_zh": _("Name in Chinese"),
    "name_en": _("Name in English"),
    "calendar": _("Calendar"),
    "note": _("What changed, and why"),
    "call_back_percent": _("Share of ordinary complaints called back (%)"),
    "urgent_first_answer_hours": _("Urgent: first answer (hours)"),
    "urgent_solved_hours": _("Urgent: solved or contained (hours)"),
    "silence_working_days": _("Never silent longer than (working days)"),
    "reply_needs_review": _("Replies are reviewed before they are sent"),
    "whole_ordinary": _("Whole complaint, ordinary (working days)"),
    "whole_major": _("Whole complaint, major (working days)"),
    "whole_complex": _("Whole complaint, complex (working days)"),
    "owner_role": _("Owner"),
    "inputs_zh": _("Input in Chinese"),
    "inputs_en": _("Input in English"),
    "outputs_zh": _("Output in Chinese"),
    "outputs_en": _("Output in English"),
    "procedure_zh": _("Procedure in Chinese"),
    "procedure_en": _("Procedure in English"),
    "limit_ordinary": _("Limit, ordinary"),
    "limit_major": _("Limit, major"),
    "limit_complex": _("Limit, complex"),
    "limit_unit": _("Unit of the limits"),
    "limit_from_receipt": _("Counted from receipt"),
    "quality_target_zh": _("Quality target in Chinese"),
    "quality_target_en": _("Quality target in English"),
    "form": _("Form"),
}

WEEKDAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))

# What complaints and their facts start and stop clocks with; a rule may name others, they are then started by hand.
EVENT_LABELS = {
    "receipt": _("received"),
    "acceptance": _("accepted"),
    "termination": _("terminated"),
    "platform_order": _("order from the platform"),
    "goods_received": _("goods received"),
    "goods_back": _("goods back"),
    "request": _("request to exchange or return"),
    "repair_started": _("repair started"),
    "car_handed_over": _("car handed over"),
    "fault_reported": _("fault reported"),
    "discovery": _("discovered"),
    "possible_defect_known": _("possible defect known"),
    "awareness": _("known to us"),
    "sent_to_company": _("sent to the company"),
    "decided_and_told": _("decided and told"),
    "agreement_or_termination": _("agreement or termination"),
    "both_told": _("both sides told"),
    "result_recorded": _("result recorded"),
    "return_notice": _("notice of return"),
    "refund_paid": _("refund paid"),
    "answered_with_reasons": _("answered with reasons"),
    "exchange_done": _("exchange or return done"),
    "spare_car_given": _("spare car or money given"),
    "reworked_or_proven": _("reworked, or another cause proven"),
    "reported": _("reported"),
    "answered": _("answered"),
    "accepted_and_summary_sent": _("accepted and summary sent"),
    "final_response": _("final response"),
    "acknowledged": _("acknowledged"),
    "response": _("response"),
}

# For what the clocks of a rule may be stopped.
PAUSE_LABELS = {
    "complainant": _("waiting for the complainant"),
    "appraisal": _("expert appraisal"),
    "part": _("waiting for a part"),
}

# What is read in the list of changes for an event of the audit chain `process`.
CHANGE_LABELS = {
    "pack.installed": _("Pack installed"),
    "pack.imported": _("Taken over from a file"),
    "calendar.days_replaced": _("Special days replaced"),
    "standard.drafted": _("New version drafted"),
    "standard.changed": _("Draft changed"),
    "stage_rule.changed": _("Stage changed in the draft"),
    "standard.activated": _("Version put into force"),
    "standard.discarded": _("Draft discarded"),
    "calendar.added": _("Calendar added"),
    "calendar.changed": _("Calendar changed"),
    "calendar.day_set": _("Day marked"),
    "calendar.day_removed": _("Day no longer marked"),
    "calendar.year_set": _("Year loaded"),
    "calendar.made_default": _("Made the company's calendar"),
    "calendar.removed": _("Calendar removed"),
    "node.added": _("Node added"),
    "node.changed": _("Node changed"),
    "node.moved": _("Node moved"),
    "node.switched_on": _("Node switched on"),
    "node.switched_off": _("Node switched off"),
    "tree.imported": _("Tree imported"),
    "clock_rule.added": _("Clock rule added"),
    "clock_rule.new_version": _("New version of a clock rule"),
    "clock_rule.switched_on": _("Clock rule switched on"),
    "clock_rule.switched_off": _("Clock rule switched off"),
    "authority.changed": _("Authority changed"),
}
