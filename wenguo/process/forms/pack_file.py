"""A whole process as one file: what may stand in it, and reading it. Everything is checked before anything is done."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field
from pydantic import ValidationError as WrongShape

from wenguo.accounts.choices import Role
from wenguo.process.choices import Confidence, DayKind, DutyHolder, LimitUnit, Roll, Stage, TreeKind
from wenguo.process.rules.pack_file import FORMAT

MOST_BYTES = 5 * 1024 * 1024
Name = Annotated[str, Field(min_length=1, max_length=200)]
Text = Annotated[str, Field(max_length=10_000)]
Limit = Annotated[int, Field(ge=0, le=1000)]
Windows = list[tuple[str, str]]


class Part(BaseModel):
    """What a part does not know is a mistake in the file, not something to be passed over."""

    model_config = ConfigDict(extra="forbid")


class DayPart(Part):
    day: date
    kind: DayKind
    name: str = Field("", max_length=60)
    windows: Windows | None = None


class CalendarPart(Part):
    code: str = Field(min_length=1, max_length=40, pattern=r"^[-\w]+$")
    name_zh: Name
    name_en: Name
    country: str = Field(pattern=r"^[A-Z]{2}$")
    time_zone: str
    windows: dict[str, Windows]
    published_through: int | None = Field(None, ge=1990, le=2200)
    days: list[DayPart] = []


class ClockRulePart(Part):
    code: str = Field(min_length=1, max_length=60)
    name_zh: Name
    name_en: Name
    jurisdiction: str = Field("CN", max_length=10)
    regime: str = Field("", max_length=100)
    duty_holder: DutyHolder = DutyHolder.COMPANY
    effective_from: date | None = None
    effective_to: date | None = None
    applies_when: dict[str, Any] = {}
    start_event: str = Field(max_length=40)
    stop_event: str = Field(max_length=40)
    first_day_excluded: bool = True
    limit: int = Field(ge=1, le=10_000)
    unit: LimitUnit
    roll: Roll = Roll.NONE
    calendar: str = ""
    stop_evidence: str = Field("", max_length=200)
    pause_reasons: list[str] = []
    pause_needs_notice: bool = False
    extensions: list[dict[str, Any]] = []
    restart_events: list[Any] = []
    warn_at: list[int] = []
    consequence_zh: str = Field("", max_length=300)
    consequence_en: str = Field("", max_length=300)
    source: str = Field("", max_length=300)
    confidence: Confidence = Confidence.FULL_TEXT


class NodePart(Part):
    code: str = Field(min_length=1, max_length=80)
    parent: str = ""
    name_zh: Name
    name_en: Name
    extra: dict[str, str | bool] = {}


class AuthorityPart(Part):
    role: Role
    max_amount: Decimal = Field(ge=0, lt=Decimal(10) ** 10, decimal_places=2)
    needs_second: bool = False


class FieldPart(Part):
    key: str = Field(min_length=1)
    label_zh: Name
    label_en: Name
    required: bool = False


class StagePart(Part):
    stage: Stage
    name_zh: Name
    name_en: Name
    owner_role: Role
    inputs_zh: Text = ""
    inputs_en: Text = ""
    outputs_zh: Text = ""
    outputs_en: Text = ""
    procedure_zh: Text = ""
    procedure_en: Text = ""
    limit_ordinary: Limit | None = None
    limit_major: Limit | None = None
    limit_complex: Limit | None = None
    limit_unit: LimitUnit = LimitUnit.WORKING_DAY
    limit_from_receipt: bool = False
    quality_target_zh: str = Field("", max_length=200)
    quality_target_en: str = Field("", max_length=200)
    form: list[FieldPart] = []


class StandardPart(Part):
    name_zh: Name
    name_en: Name
    calendar: str
    call_back_percent: int = Field(ge=0, le=100)
    urgent_first_answer_hours: int = Field(ge=1, le=1000)
    urgent_solved_hours: int = Field(ge=1, le=1000)
    silence_working_days: int = Field(ge=1, le=100)
    reply_needs_review: bool
    whole_ordinary: int = Field(ge=1, le=1000)
    whole_major: int = Field(ge=1, le=1000)
    whole_complex: int = Field(ge=1, le=1000)
    stages: list[StagePart]


class PackPart(Part):
    """The file. A part it leaves out stays as it is in the house."""

    format: Literal["wenguo.process/1"]
    standard: StandardPart | None = None
    calendars: list[CalendarPart] = []
    clock_rules: list[ClockRulePart] = []
    trees: dict[TreeKind, list[NodePart]] = {}
    authority: list[AuthorityPart] = []


class PackFileForm(forms.Form):
    """A file, or the text of one that was looked at before."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("JSON, as the export writes it. What it leaves out stays as it is."),
    )
    text = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MOST_BYTES, strip=False)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        upload = given.get("file")
        if upload and upload.size > MOST_BYTES:
            raise ValidationError(gettext("The file is too large. Split it into several files."))
        given["content"] = upload.read() if upload else (given.get("text") or "").encode()
        given["pack"] = read_pack_file(given["content"])
        return given

    def as_text(self) -> str:
        return bytes(self.cleaned_data["content"]).decode("utf-8-sig")


def read_pack_file(content: bytes) -> dict[str, Any]:
    """The file as plain values; what is wrong is named by its place in the file."""
    try:
        pack = PackPart.model_validate_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise ValidationError(gettext("The file is not UTF-8 text. Export one to see the form.")) from wrong
    except WrongShape as wrong:
        raise ValidationError([_sentence(one) for one in wrong.errors()[:10]]) from wrong
    return pack.model_dump()


def _sentence(error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"])
    if not place:
        return gettext("The file is not JSON. Export one to see the form.")
    if place == "format":
        return gettext("This is not a file of a process (%(format)s). Export one to see the form.") % {"format": FORMAT}
    if error["type"] == "missing":
        return gettext("“%(place)s” is missing in the file.") % {"place": place}
    if error["type"] == "extra_forbidden":
        return gettext("“%(place)s” is not known. Export a file to see the form.") % {"place": place}
    return gettext("“%(place)s” cannot be “%(value)s”.") % {"place": place, "value": str(error["input"])[:60]}
