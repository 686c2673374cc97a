"""What the business does at stage 8: allegations and findings, causes, evidence, containment, fault."""

from wenguo.investigation.actions.causes import add_cause, remove_cause
from wenguo.investigation.actions.erase import forget
from wenguo.investigation.actions.evidence import add_evidence, record_containment
from wenguo.investigation.actions.fault import appeal_fault, attribute_fault, decide_appeal
from wenguo.investigation.actions.findings import add_allegation, decide_finding, edit_allegation
from wenguo.investigation.actions.finish import KnownCause, finish_cause, state_known_cause

__all__ = [
    "KnownCause",
    "add_allegation",
    "add_cause",
    "add_evidence",
    "appeal_fault",
    "attribute_fault",
    "decide_appeal",
    "decide_finding",
    "edit_allegation",
    "finish_cause",
    "forget",
    "record_containment",
    "remove_cause",
    "state_known_cause",
]
