"""One row a complaint: the banks of China, the CFPB, ASIC. Each gives the cells and what is wrong with them."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from wenguo.complaints.choices import Source, Status
from wenguo.customers.choices import CustomerKind
from wenguo.insights.choices.regulators import CodeAxis, FirmFact, Regime, RowFault
from wenguo.insights.queries.regulators.codes import Coder, Fault, categories_of
from wenguo.insights.queries.regulators.source import Told
from wenguo.insights.queries.slices import house_today
from wenguo.insights.rules.regulators import CFPB_RESPONSES, REGIMES, parted
from wenguo.lib.masking import mask_personal

ANSWER_DAYS = timedelta(days=15)  # us.cfpb.response
UNDECIDED_MAY = (Status.DECLINED, Status.WITHDRAWN)


@dataclass
class Writer:
    """Writes rows of one regime: its codes, the firm's facts, and how many rows had each code."""

    regime: Regime
    facts: dict[str, str]
    coders: dict[CodeAxis, Coder] = field(init=False)
    counted: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        self.coders = {one.axis: Coder(self.regime, one) for one in REGIMES[self.regime].axes}

    def row(self, told: Told) -> tuple[list[Any], list[Fault]]:
        """The cells in the order of the columns, and the faults."""
        codes, faults = self.coded(told)
        if told.closed_on and told.closed_on < told.received_on:
            faults.append((RowFault.ENDS_BEFORE, str(told.closed_on)))
        cells, more = _ROWS[self.regime](self, told, codes)
        return cells, faults + more

    def coded(self, told: Told) -> tuple[dict[CodeAxis, str], list[Fault]]:
        one, chosen = told.complaint, told.known.chosen.get(told.complaint.pk)
        causes = told.known.causes[one.pk]
        nodes = categories_of(one, causes[0].node if causes else None, chosen.remedy if chosen else None)
        codes, faults = {}, []
        for axis, coder in self.coders.items():
            codes[axis], fault = coder.code(nodes)
            self.counted[axis][codes[axis]] += 1
            if fault:
                faults.append(fault)
        return codes, faults

    def fact(self, which: FirmFact) -> str:
        return self.facts.get(which, "")

    def lacking(self) -> list[Fault]:
        """What the file itself lacks, whatever its rows."""
        return [(RowFault.MISSING, one.value) for one in REGIMES[self.regime].facts if not self.fact(one)]


Cells = tuple[list[Any], list[Fault]]


def _china(writer: Writer, told: Told, codes: dict[CodeAxis, str]) -> Cells:
    one = told.complaint
    upheld = {True: "是", False: "否"}.get(one.is_upheld, "") if one.is_upheld is not None else ""
    axes = (CodeAxis.BUSINESS_CHANNEL, CodeAxis.BUSINESS, CodeAxis.REASON)
    row = [writer.fact(FirmFact.FIRM_NAME), one.reference, told.received_on, *(codes[axis] for axis in axes)]
    return [*row, told.closed_on, upheld, "已办结" if told.closed_on else "在办"], _undecided(told)


def _cfpb(writer: Writer, told: Told, codes: dict[CodeAxis, str]) -> Cells:
    one, facts = told.complaint, told.complaint.imported_facts
    (product, sub), (issue, sub_issue) = parted(codes[CodeAxis.PRODUCT]), parted(codes[CodeAxis.ISSUE])
    consent, response = str(facts.get("consent") or ""), _response(told)
    narrative = mask_personal(one.words) if consent == "Consent provided" else ""
    faults: list[Fault] = [] if response in CFPB_RESPONSES else [(RowFault.VALUE, response)]
    sent_on = facts.get("sent_to_company") or told.received_on.isoformat()
    cells = [
        told.received_on, product, sub, issue, sub_issue, narrative, facts.get("company_public_response") or "",
        facts.get("company") or writer.fact(FirmFact.FIRM_NAME), facts.get("state") or "", facts.get("zip_code") or "",
        facts.get("tags") or "", consent, facts.get("submitted_via") or codes[CodeAxis.SUBMITTED], str(sent_on)[:10],
        response, _timely(told), _disputed(told), one.source_id or one.reference,
    ]  # fmt: skip
    return cells, faults


def _response(told: Told) -> str:
    """What the file of the past said, else what was done for the complainant."""
    if said := told.complaint.imported_facts.get("company_response"):
        return str(said)
    if told.closed_on is None:
        return "In progress"
    if told.has_money:
        return "Closed with monetary relief"
    return "Closed with non-monetary relief" if told.has_remedy else "Closed with explanation"


def _timely(told: Told) -> str:
    """Answered within fifteen days of being sent to the company; what is not due yet is not late."""
    said = told.complaint.imported_facts.get("timely")
    if said is not None and said != "":
        return _yes(said)
    return _yes((told.closed_on or house_today()) <= told.received_on + ANSWER_DAYS)


def _disputed(told: Told) -> str:
    one = told.complaint
    if one.source == Source.IMPORTED:
        said = one.imported_facts.get("disputed")
        return "" if said is None else _yes(said)
    return "" if one.reply_accepted is None else _yes(not one.reply_accepted)


def _yes(said: object) -> str:
    return said if isinstance(said, str) else "Yes" if said else "No"


def _asic(writer: Writer, told: Told, codes: dict[CodeAxis, str]) -> Cells:
    one = told.complaint
    kind = one.customer.kind if one.customer else CustomerKind.PERSON
    is_firm = kind == CustomerKind.ORGANISATION
    status = FirmFact.STATUS_CLOSED if told.closed_on else FirmFact.STATUS_OPEN
    not_held = [FirmFact.NOT_HELD_GENDER, FirmFact.NOT_HELD_AGE, FirmFact.NOT_HELD_POSTCODE]
    cells = [
        one.reference, writer.fact(FirmFact.BRAND), "Organisation" if is_firm else "Individual",
        *("" if is_firm else writer.fact(which) for which in not_held),
        writer.fact(status), codes[CodeAxis.SUBMITTED], told.received_on, told.closed_on,
        (told.closed_on - told.received_on).days if told.closed_on else "", codes[CodeAxis.PRODUCT],
        codes[CodeAxis.ISSUE], codes[CodeAxis.OUTCOME], told.redress or "",
    ]  # fmt: skip
    ended_badly = told.closed_on is not None and not codes[CodeAxis.OUTCOME] and told.has_remedy
    faults: list[Fault] = [(RowFault.UNMAPPED, CodeAxis.OUTCOME.value)] if ended_badly else []
    return cells, faults


def _undecided(told: Told) -> list[Fault]:
    one = told.complaint
    open_question = one.ended_at is not None and one.is_upheld is None and one.status not in UNDECIDED_MAY
    return [(RowFault.UNDECIDED, "")] if open_question else []


_ROWS: dict[Regime, Callable[[Writer, Told, dict[CodeAxis, str]], Cells]] = {
    Regime.CN_BANK: _china,
    Regime.CFPB: _cfpb,
    Regime.ASIC: _asic,
}
