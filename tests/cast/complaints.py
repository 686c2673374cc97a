"""Complaints at each stage of rooms 1–6, made by actions; the process standard they run by.

The pack is installed once per test database: half a second once, not once a test.
"""

from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from wenguo.accounts.models import User
from wenguo.complaints.actions import (
    Submission,
    accept_complaint,
    classify_complaint,
    judge_valid,
    record_review,
    set_importance,
    submit_complaint,
)
from wenguo.complaints.models import Complaint
from wenguo.customers.models import Customer
from wenguo.lib.actors import SYSTEM
from wenguo.process.actions import install_pack
from wenguo.process.choices import StandardState, TreeKind
from wenguo.process.models import Standard, TaxonomyNode

WORDS = "变速箱换挡时异响，4S 店检查了三次都说正常，昨天在高速上突然失去动力。我要求免费更换变速箱。"
SCORES: dict[str, Any] = {"severity": 2, "safety": 1, "complexity": 2, "impact": 1}
GRAVE: dict[str, Any] = {"severity": 5, "safety": 3, "complexity": 2, "impact": 2}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        install_pack(by=SYSTEM)


@pytest.fixture
def active_pack(db: None) -> Standard:
    """The default pack; made again after a test that emptied the database."""
    found = Standard.objects.select_related("calendar").filter(state=StandardState.ACTIVE).first()
    return found or install_pack(by=SYSTEM)


def node_of(tree: str, code: str) -> TaxonomyNode:
    return TaxonomyNode.objects.get(tree=tree, code=code)


@pytest.fixture
def phone_channel(active_pack: Standard) -> TaxonomyNode:
    return node_of(TreeKind.CHANNEL, "phone")


@pytest.fixture
def gearbox_noise(active_pack: Standard) -> TaxonomyNode:
    return node_of(TreeKind.ISSUE, "gearbox-noise")


@pytest.fixture
def not_ours(active_pack: Standard) -> TaxonomyNode:
    """A decline reason."""
    return node_of(TreeKind.DECLINE_REASON, "not-ours")


@pytest.fixture
def submission(phone_channel: TaxonomyNode, zhang: Customer) -> Submission:
    """What Zhang told on the phone."""
    return Submission(words=WORDS, channel=phone_channel, customer=zhang, remedy_sought="更换变速箱总成")


@pytest.fixture
def submitted(submission: Submission, alice: User) -> Complaint:
    """Stage 2, waiting to be accepted; taken in by alice."""
    return submit_complaint(submission, by=alice)


@pytest.fixture
def accepted(submitted: Complaint, alice: User) -> Complaint:
    """Stage 3."""
    return accept_complaint(submitted, by=alice)


@pytest.fixture
def judged(accepted: Complaint, alice: User) -> Complaint:
    """Stage 4: valid, to be classified."""
    return judge_valid(accepted, by=alice)


@pytest.fixture
def classified(judged: Complaint, gearbox_noise: TaxonomyNode, alice: User) -> Complaint:
    """Stage 5: to be weighed."""
    return classify_complaint(judged, by=alice, issue=gearbox_noise)


@pytest.fixture
def weighed(classified: Complaint, alice: User) -> Complaint:
    """Stage 7: ordinary, the review passed by its rule, to be assigned."""
    return set_importance(classified, by=alice, **SCORES)


@pytest.fixture
def major(classified: Complaint, alice: User) -> Complaint:
    """Stage 6: major, to be reviewed."""
    return set_importance(classified, by=alice, **GRAVE)


@pytest.fixture
def reviewed(major: Complaint, dora: User, rex: User) -> Complaint:
    """Stage 7: major and reviewed, to be assigned."""
    return record_review(major, by=dora, decision="按重大投诉处理", minutes="已核对三次检修记录。", present=[rex])
