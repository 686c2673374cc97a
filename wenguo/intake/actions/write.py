"""Writing many complaints of the past at once: the same rows an action leaves, in a few statements a thousand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from wenguo.audit.actions import append_entries, prepare_entries
from wenguo.complaints.actions.search import document_tokens
from wenguo.complaints.choices import ClockState, EndedAs, EntryKind, Source, Status, Visibility
from wenguo.complaints.models import Clock, Complaint, Entry, SearchDocument
from wenguo.customers.actions import new_customers
from wenguo.customers.actions.guard import blind_contact
from wenguo.customers.actions.identify import NewCustomer
from wenguo.customers.models import ContactPoint, Customer
from wenguo.intake.actions.nodes import Path, nodes_for
from wenguo.intake.models import ImportBatch, ImportedRow
from wenguo.intake.queries.rows import FileRow
from wenguo.intake.rules import Mapping
from wenguo.lib.actors import Actor
from wenguo.lib.now import now
from wenguo.lib.refs import new_reference
from wenguo.lib.worktime import due_date
from wenguo.process.choices import Stage, TreeKind
from wenguo.process.models import ClockRule, Standard, TaxonomyNode
from wenguo.process.queries import rule_calendar

STAGE_OF = {Status.DECLINED: Stage.VALIDITY, Status.WITHDRAWN: Stage.ACCEPT}  # the others wait for use and improvement


@dataclass
class Run:
    """What an import keeps while it goes through its file: nodes, channels and due dates it has seen."""

    batch: ImportBatch
    mapping: Mapping
    standard: Standard
    by: Actor
    rule: ClockRule | None
    channels: dict[str, TaxonomyNode]
    products: dict[Path, TaxonomyNode] = field(default_factory=dict)
    issues: dict[Path, TaxonomyNode] = field(default_factory=dict)
    due: dict[datetime, tuple[datetime, object]] = field(default_factory=dict)


def write_rows(run: Run, rows: Sequence[FileRow]) -> list[Complaint]:
    """Complaints with their words, search documents, clocks and audit entries. The caller's transaction."""
    nodes_for(TreeKind.PRODUCT, (row.product for row in rows), run.mapping, run.products)
    nodes_for(TreeKind.ISSUE, (row.issue for row in rows), run.mapping, run.issues)
    customers, made = _customers(run, rows)
    references = _references(rows, run.mapping)
    complaints = [_complaint(run, row, ref, customers) for row, ref in zip(rows, references, strict=True)]
    pairs = list(zip(complaints, rows, strict=True))
    audited = prepare_entries("imported", [(one, _told(run, one, row)) for one, row in pairs], by=run.by)
    Complaint.objects.bulk_create(complaints)
    append_entries(audited)
    Entry.objects.bulk_create(_entry(complaint) for complaint in complaints if complaint.words)
    SearchDocument.objects.bulk_create(
        SearchDocument(complaint=complaint, tokens=document_tokens(complaint)) for complaint in complaints
    )
    Clock.objects.bulk_create(clock for complaint, row in pairs if (clock := _clock(run, complaint, row)))
    ImportedRow.objects.bulk_create(
        ImportedRow(batch=run.batch, complaint=one, number=row.number, made_customer=row.number in made)
        for one, row in pairs
    )
    return complaints


def _references(rows: Sequence[FileRow], mapping: Mapping) -> list[str]:
    """Free ones: a month has millions of them, so a second try is rare."""
    zone = ZoneInfo(mapping.time_zone)
    days = [row.received_at.astimezone(zone).date() for row in rows]
    chosen: dict[str, int] = {}
    waiting = list(range(len(rows)))
    while waiting:
        for place in waiting:
            chosen.setdefault(new_reference(days[place]), place)
        taken = Complaint.objects.filter(reference__in=list(chosen)).values_list("reference", flat=True)
        for reference in taken:
            del chosen[reference]
        waiting = sorted(set(range(len(rows))) - set(chosen.values()))
    by_place = {place: reference for reference, place in chosen.items()}
    return [by_place[place] for place in range(len(rows))]


def _complaint(run: Run, row: FileRow, reference: str, customers: dict[int, Customer]) -> Complaint:
    moment = now()
    return Complaint(
        reference=reference,
        standard=run.standard,
        stage=STAGE_OF.get(row.status, Stage.IMPROVE),
        status=row.status,
        customer=customers.get(row.number),
        language=run.mapping.language,
        title=row.title,
        words=row.words,
        remedy_sought=row.remedy_sought,
        occurred_on=row.occurred_on,
        is_disputed=row.status == Status.NOT_ACCEPTED,
        channel=run.channels.get(row.channel) or run.channels["import"],
        product=run.products.get(row.product),
        issue=run.issues.get(row.issue),
        product_text=row.product_text,
        order_reference=row.order_reference,
        received_at=row.received_at,
        entered_at=moment,
        changed_at=moment,
        ended_at=row.ended_at,
        ended_as=EndedAs.UNASKED,
        reply_accepted=False if row.status == Status.NOT_ACCEPTED else None,
        source=Source.IMPORTED,
        source_system=run.mapping.source_system,
        source_id=row.source_id,
        imported_facts=row.facts,
    )


def _entry(complaint: Complaint) -> Entry:
    return Entry(
        complaint=complaint,
        kind=EntryKind.WORDS,
        visibility=Visibility.PUBLIC,
        at=complaint.received_at,
        body=complaint.words,
    )


def _clock(run: Run, complaint: Complaint, row: FileRow) -> Clock | None:
    """The one promise the file tells of. When it was kept the file does not say, only whether."""
    if run.rule is None or row.clock_started_at is None or row.clock_met is None:
        return None
    rule = run.rule
    due_at, why = _due(run, rule, row.clock_started_at)
    return Clock(
        complaint=complaint,
        rule=rule.code,
        rule_version=rule.version,
        name_zh=rule.name_zh,
        name_en=rule.name_en,
        duty_holder=rule.duty_holder,
        limit=rule.limit,
        unit=rule.unit,
        roll=rule.roll,
        first_day_excluded=rule.first_day_excluded,
        state=ClockState.MET if row.clock_met else ClockState.MISSED,
        started_at=row.clock_started_at,
        due_at=due_at,
        why=why,
    )


def _due(run: Run, rule: ClockRule, started: datetime) -> tuple[datetime, object]:
    if started not in run.due:
        calendar = rule_calendar(rule, run.standard)
        due = due_date(calendar, started, rule.limit, rule.unit, rule.first_day_excluded, rule.roll)  # type: ignore[arg-type]
        run.due[started] = (due.due_at, due.as_json())
    return run.due[started]


def _told(run: Run, complaint: Complaint, row: FileRow) -> dict[str, object]:
    return {
        "source_system": complaint.source_system,
        "source_id": complaint.source_id,
        "batch": run.batch.pk,
        "row": row.number,
        "received_at": complaint.received_at.isoformat(),
        "status": complaint.status,
    }


def _customers(run: Run, rows: Sequence[FileRow]) -> tuple[dict[int, Customer], set[int]]:
    """The customer of each row by its number, and the rows that made a new one. A known phone or address leads."""
    named = [row for row in rows if row.name or row.contacts]
    if not named:
        return {}, set()
    keys = {row.number: [blind_contact(kind, value) for kind, value in row.contacts] for row in named}
    owners = _owners([blind for blinds in keys.values() for blind in blinds])
    wanted: dict[str, int] = {}  # blind → row that makes its customer
    makers: dict[int, int] = {}
    for row in named:
        if any(blind in owners for blind in keys[row.number]):
            continue
        maker = next((wanted[blind] for blind in keys[row.number] if blind in wanted), row.number)
        makers[row.number] = maker
        wanted |= {blind: maker for blind in keys[row.number] if blind not in wanted}
    fresh = [row for row in named if makers.get(row.number) == row.number]
    given = [NewCustomer(row.name, row.contacts, language=run.mapping.language) for row in fresh]
    made = dict(zip((row.number for row in fresh), new_customers(given, by=run.by, event="imported"), strict=True))
    found = {number: made[maker] for number, maker in makers.items()}
    for number, blinds in keys.items():
        if number not in found:
            found[number] = next(owners[blind] for blind in blinds if blind in owners)
    return found, set(made)


def _owners(blinds: list[str]) -> dict[str, Customer]:
    points = ContactPoint.objects.filter(blind__in=blinds).select_related("customer__merged_into").order_by("-pk")
    return {point.blind: point.customer.merged_into or point.customer for point in points}
