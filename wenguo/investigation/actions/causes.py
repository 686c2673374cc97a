"""Causes by asking why, until it is something the company controls."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from wenguo.accounts.models import User
from wenguo.complaints.actions.guard import lock_complaint
from wenguo.complaints.models import Complaint
from wenguo.investigation.access import check_investigates
from wenguo.investigation.actions.noting import note_found
from wenguo.investigation.choices import CauseKind
from wenguo.investigation.models import Allegation, Cause
from wenguo.investigation.rules import MAX_WHYS, MIN_WHYS, blames_a_person, chain, is_human_branch
from wenguo.lib.errors import Refused
from wenguo.lib.now import now
from wenguo.lib.together import written_together
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode


@written_together()
def add_cause(
    complaint: Complaint,
    *,
    by: User,
    node: TaxonomyNode,
    whys: Sequence[str],
    statement: str = "",
    kind: str = CauseKind.ROOT,
    is_controllable: bool = True,
    allegation: Allegation | None = None,
) -> Cause:
    """A cause with its chain of whys. A root cause is controllable and never “human error” alone."""
    complaint = lock_complaint(complaint)
    check_investigates(by, complaint)
    if kind not in CauseKind.values:
        raise Refused(_("Choose root, escape or contributing cause."), field="kind")
    if allegation is not None and allegation.complaint_id != complaint.pk:
        raise Refused(_("Choose an allegation of this complaint."), field="allegation")
    answers = chain(whys)
    if not answers:
        raise Refused(_("Answer at least the first why."), field="whys")
    if kind == CauseKind.ROOT and len(answers) < MIN_WHYS:
        raise Refused(_("One answer is not yet a chain. Ask why once more."), field="whys")
    cause = write_cause(complaint, by, node, answers, statement, kind, is_controllable, allegation)
    said = _("%(kind)s: %(chain)s") % {"kind": cause.get_kind_display(), "chain": " → ".join(answers)}
    note_found(complaint, "cause_added", said, by=by, body={"cause": node.code, "kind": kind, "whys": len(answers)})
    return cause


def write_cause(
    complaint: Complaint,
    by: User,
    node: TaxonomyNode,
    answers: list[str],
    statement: str,
    kind: str,
    is_controllable: bool,
    allegation: Allegation | None,
) -> Cause:
    """The rules every cause obeys, also one that was known beforehand; under the caller's lock."""
    if node.tree != TreeKind.CAUSE:
        raise Refused(_("Choose a place in the tree of causes."), field="node")
    if len(answers) > MAX_WHYS:
        raise Refused(_("After %(n)d whys, start a second cause.") % {"n": MAX_WHYS}, field="whys")
    if kind == CauseKind.ROOT:
        _check_root(node, answers, statement, is_controllable)
    return Cause.objects.create(
        complaint=complaint,
        allegation=allegation,
        kind=kind,
        node=node,
        whys=answers,
        statement=statement.strip() or answers[-1],
        is_controllable=is_controllable,
        found_at=now(),
        found_by=by,
    )


@written_together()
def remove_cause(cause: Cause, *, by: User) -> None:
    """A cause that turned out wrong; the timeline keeps what was said."""
    complaint = lock_complaint(cause.complaint)
    check_investigates(by, complaint)
    code, said = cause.node.code, _("Cause withdrawn: %(statement)s") % {"statement": cause.statement}
    cause.delete()
    note_found(complaint, "cause_removed", said, by=by, body={"cause": code})


def _check_root(node: TaxonomyNode, answers: list[str], statement: str, is_controllable: bool) -> None:
    if not is_controllable:
        raise Refused(
            _("A root cause is something the company controls. Ask on, or record this one as contributing."),
            field="is_controllable",
        )
    ends_with_person = is_human_branch(node.path, node.extra) or blames_a_person(statement.strip() or answers[-1])
    if ends_with_person or blames_a_person(answers[-1]):
        raise Refused(
            _(
                "“Human error” alone is not a root cause. Ask once more why it could happen and was not noticed: "
                "which method, check, training, tool or rule was missing? Then choose that place in the tree."
            ),
            field="whys",
        )
