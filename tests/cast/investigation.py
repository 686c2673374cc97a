"""Complaints investigated, made by actions."""

import pytest

from wenguo.accounts.models import User
from wenguo.complaints.models import Complaint
from wenguo.investigation.actions import add_allegation, add_cause, decide_finding, finish_cause
from wenguo.investigation.choices import Finding
from wenguo.process.choices import TreeKind
from wenguo.process.models import Standard, TaxonomyNode

WHYS = ("三次检修都没有发现异响", "检修后没有路试", "交车检验单上没有路试这一项")


@pytest.fixture
def check_missing(active_pack: Standard) -> TaxonomyNode:
    """A cause in the system: no such check at delivery."""
    return TaxonomyNode.objects.get(tree=TreeKind.CAUSE, code="process-delivery")


@pytest.fixture
def investigated(taken_on: Complaint, wang: User, check_missing: TaxonomyNode) -> Complaint:
    """Stage 8, with everything found and not finished yet."""
    allegation = add_allegation(taken_on, by=wang, text="三次检修没有查出变速箱异响")
    decide_finding(allegation, by=wang, finding=Finding.SUBSTANTIATED, reasoning="维修工单与路试录音一致")
    add_cause(taken_on, by=wang, node=check_missing, whys=WHYS, allegation=allegation)
    return taken_on


@pytest.fixture
def cause_found(investigated: Complaint, wang: User) -> Complaint:
    """Stage 9: options are to be worked out."""
    return finish_cause(investigated, by=wang)
