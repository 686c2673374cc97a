"""The regimes as data: periods, columns, axes of codes, facts of the firm. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from wenguo.insights.choices.regulators import CodeAxis, FirmFact, Regime
from wenguo.insights.rules.periods import Days, last_of_month


@dataclass(frozen=True)
class Axis:
    """Which trees of ours say the code, the first that has one wins. `is_open`: the category's own name will do."""

    axis: CodeAxis
    trees: tuple[str, ...]
    is_open: bool = False
    is_required: bool = True


@dataclass(frozen=True)
class RegimeRule:
    """`months` a period has; the columns of its file; `language` of names in it; `by_open`: rows open at its start."""

    regime: Regime
    months: int
    columns: tuple[str, ...]
    axes: tuple[Axis, ...]
    facts: tuple[FirmFact, ...] = (FirmFact.FIRM_NAME,)
    language: str = "en"
    with_open: bool = False
    # values of our own trees that need no mapping: axis → {code of our node: code of theirs}
    given: Mapping[CodeAxis, Mapping[str, str]] = field(default_factory=dict)

    def axis(self, which: CodeAxis) -> Axis:
        return next(one for one in self.axes if one.axis is which)

    def period(self, day: date) -> Days:
        """The period of the calendar year this day lies in."""
        first_month = 1 + (day.month - 1) // self.months * self.months
        last = last_of_month(date(day.year, first_month + self.months - 1, 1))
        return Days(date(day.year, first_month, 1), last)


CFPB_COLUMNS = (
    "Date received", "Product", "Sub-product", "Issue", "Sub-issue", "Consumer complaint narrative",
    "Company public response", "Company", "State", "ZIP code", "Tags", "Consumer consent provided?", "Submitted via",
    "Date sent to company", "Company response to consumer", "Timely response?", "Consumer disputed?", "Complaint ID",
)  # fmt: skip
CN_COLUMNS = (
    "机构名称", "投诉编号", "收到日期", "业务办理渠道代码", "业务类别代码", "投诉原因代码", "办结日期", "是否成立",
    "状态",
)  # fmt: skip
ASIC_COLUMNS = (
    "Complaint unique identifier", "Subsidiary, brand or fund", "Complainant type", "Complainant gender",
    "Complainant age", "Complainant postcode", "Complaint status", "Complaint channel", "Date complaint received",
    "Date complaint closed", "Days to resolve", "Product or service", "Complaint issue", "Complaint outcome",
    "Monetary compensation",
)  # fmt: skip
FCA_COLUMNS = (
    "Product or service group", "Complaints opened", "Closed within 3 business days",
    "Closed after 3 business days, within 8 weeks", "Closed after 8 weeks", "Total closed", "Upheld",
    "Percentage upheld", "Redress paid, upheld", "Redress paid, not upheld",
)  # fmt: skip
CFPB_VIA = {
    "web": "Web", "phone": "Phone", "letter": "Postal mail", "fax": "Fax", "email": "Email", "regulator": "Referral",
}  # fmt: skip
# Company responses of the public database, its older words included
CFPB_RESPONSES = frozenset({
    "Closed with explanation", "Closed with monetary relief", "Closed with non-monetary relief", "In progress",
    "Untimely response", "Closed", "Closed with relief", "Closed without relief",
})  # fmt: skip

REGIMES: dict[Regime, RegimeRule] = {
    rule.regime: rule
    for rule in (
        RegimeRule(
            Regime.CN_BANK,
            3,
            CN_COLUMNS,
            (
                Axis(CodeAxis.BUSINESS_CHANNEL, ("issue", "channel")),
                Axis(CodeAxis.BUSINESS, ("product", "issue")),
                Axis(CodeAxis.REASON, ("cause", "issue")),
            ),
            language="zh",
        ),
        RegimeRule(
            Regime.CFPB,
            1,
            CFPB_COLUMNS,
            (
                Axis(CodeAxis.PRODUCT, ("product",), is_open=True),
                Axis(CodeAxis.ISSUE, ("issue",), is_open=True),
                Axis(CodeAxis.SUBMITTED, ("channel",)),
            ),
            given={CodeAxis.SUBMITTED: CFPB_VIA},
        ),
        RegimeRule(
            Regime.FCA,
            6,
            FCA_COLUMNS,
            (Axis(CodeAxis.PRODUCT, ("product", "issue")),),
            (FirmFact.FIRM_NAME, FirmFact.FIRM_NUMBER),
            with_open=True,
        ),
        RegimeRule(
            Regime.ASIC,
            6,
            ASIC_COLUMNS,
            (
                Axis(CodeAxis.PRODUCT, ("product",)),
                Axis(CodeAxis.ISSUE, ("issue",)),
                Axis(CodeAxis.SUBMITTED, ("channel",)),
                Axis(CodeAxis.OUTCOME, ("remedy",), is_required=False),
            ),
            (
                FirmFact.BRAND,
                FirmFact.STATUS_OPEN,
                FirmFact.STATUS_CLOSED,
                FirmFact.NOT_HELD_GENDER,
                FirmFact.NOT_HELD_AGE,
                FirmFact.NOT_HELD_POSTCODE,
            ),
            with_open=True,
        ),
    )
}


def parted(code: str) -> tuple[str, str]:
    """“Product | Sub-product” in two; the second is empty where there is none."""
    first, _bar, second = code.partition("|")
    return first.strip(), second.strip()
