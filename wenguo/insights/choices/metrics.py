"""The metrics by name, kinds of number, and along what they can be cut. What they count: `rules.METRICS`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Metric(TextChoices):
    # the goals and what stands beside them
    TIMELINESS = "timeliness", _("Handling timeliness")
    SATISFACTION = "satisfaction", _("Satisfaction rate")
    ANALYSIS = "analysis", _("Cause-analysis timeliness")
    RESOLUTION = "resolution", _("Effective resolution")
    PROMISES = "promises", _("Promises kept")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged in time")
    RETENTION = "retention", _("Key-customer retention")
    # deadlines beside these
    NOTICES = "notices", _("Promised notices given in time")
    STAGE_TIMELINESS = "stage_timeliness", _("Stages finished in time")
    LAW = "law", _("Deadlines of the law kept")
    # how many, and what they were like
    RECEIVED = "received", _("Complaints received")
    ENDED = "ended", _("Complaints ended")
    FIRST_CONTACT = "first_contact", _("Resolved at first contact")
    FCR = "fcr", _("First-contact resolution, confirmed and lasting")
    WRONG_PRIORITY = "wrong_priority", _("Wrongly prioritised")
    REFERRED = "referred", _("Referred outside")
    REPEAT_30 = "repeat_30", _("Repeat complaints within 30 days")
    REPEAT = "repeat", _("Repeat complaints")
    SAFETY = "safety", _("About safety")
    CHASED = "chased", _("Chased by the complainant")
    RETURNED = "returned", _("Dispatched to the wrong unit")
    # how they ended
    REOPENED = "reopened", _("Reopened")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REFUSED = "refused", _("Replies refused")
    UPHELD = "upheld", _("Upheld")
    IMPROVED = "improved", _("Procedures improved")
    # what those asked said
    ANSWERED = "answered", _("Answered when asked")
    SCORE_HANDLING = "score_handling", _("Score of the handling")
    SCORE_RESULT = "score_result", _("Score of the result")
    SCORE_PRODUCT = "score_product", _("Score of the product")
    NPS = "nps", _("Net promoter score")
    # time and money
    HANDLING_TIME = "handling_time", _("Time to handle")
    FIRST_ANSWER_TIME = "first_answer_time", _("Time to the first answer")
    STAGE_TIME = "stage_time", _("Time in a stage")
    FUNNEL = "funnel", _("Stages reached")
    MOVES = "moves", _("Moves from stage to stage")
    COMPENSATION = "compensation", _("Compensation and refunds")
    COST = "cost", _("Cost of a complaint")


class Kind(TextChoices):
    """What the four sums of a metric (met, failed, left out, total) mean."""

    RATE = "rate", _("Rate")  # met of met + failed reached the goal
    SHARE = "share", _("Share")  # met of met + failed are such complaints; the goal is few, or none is set
    COUNT = "count", _("Number")  # met
    TIME = "time", _("Time")  # total seconds of met complaints
    MONEY = "money", _("Amount")  # total in hundredths of the currency, of met complaints
    SCORE = "score", _("Score")  # total of met answers
    NPS = "nps", _("Net promoter score")  # met promoters, failed detractors, total answers


class Judged(TextChoices):
    """How a rate is held against its target."""

    COUNT = "count", _("by the count")  # everything was counted
    WILSON = "wilson", _("by the confidence interval of a share")  # answers, samples
    POISSON = "poisson", _("by the confidence interval of a small count")
    NOT = "not", _("not judged")


class Better(TextChoices):
    MORE = "more", _("more is better")
    LESS = "less", _("less is better")
    NEITHER = "neither", _("neither is better")


class Axis(TextChoices):
    """Along what the sums of a metric are kept apart, beside unit and day. One at a time."""

    ALL = "", _("All together")
    PRODUCT = "product", _("Product")
    ISSUE = "issue", _("Issue")
    CAUSE = "cause", _("Cause")
    CHANNEL = "channel", _("Channel")
    IMPORTANCE = "importance", _("Importance")
    STAGE = "stage", _("Stage")
    BUCKET = "bucket", _("Time taken")  # steps of a histogram, for percentiles
    REASON = "reason", _("Why left out")


class Grain(TextChoices):
    DAY = "d", _("Day")
    MONTH = "m", _("Month")


class Step(TextChoices):
    """The steps of a series."""

    DAY = "day", _("Day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")


class LeftOut(TextChoices):
    """Why a complaint, a deadline or an answer is left out of a rate; shown beside it."""

    CANCELLED = "cancelled", _("The complaint ended before the deadline")
    MERGED = "merged", _("Duplicate, merged into another")
    UNASKED = "unasked", _("Not asked, or no answer")
    WITHDRAWN = "withdrawn", _("Withdrawn before handling")
    DECLINED = "declined", _("Declined: not ours, or no complaint")
    YOUNG = "young", _("Not old enough yet")
    UNKNOWN = "unknown", _("Customer or issue unknown")
    ASKED = "asked", _("Left out by definition")
