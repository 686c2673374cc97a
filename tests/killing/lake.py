# ruff: noqa: E402 - Django is set up before its models are imported
"""`python -m tests.killing.lake`: the forge, with verbs that write complaints and that fold them into the lake."""

import random
import time

import django

django.setup()

from django.db import transaction

from tests.killing import forge
from wenguo.accounts.actions import found_cast
from wenguo.accounts.models import User
from wenguo.complaints.actions import Submission, accept_complaint, submit_complaint
from wenguo.complaints.models import Complaint
from wenguo.insights.actions.compact import compact
from wenguo.insights.actions.fold import fold
from wenguo.insights.actions.rebuild import go_on_rebuilding, start_rebuild, sweep
from wenguo.insights.actions.verify import verify
from wenguo.insights.lake import files
from wenguo.insights.models import LakeFile, Rollup
from wenguo.lib.actors import SYSTEM
from wenguo.process.actions import install_pack
from wenguo.process.choices import TreeKind
from wenguo.process.models import TaxonomyNode


class ThinkAgainError(Exception):
    """The writer rolls back: its numbers in the audit are never used."""


def found() -> None:
    """An installation with its cast."""
    install_pack(by=SYSTEM)
    found_cast(lambda _username: "a river of 10 fish")


def write(seed: int, number: int) -> int:
    """Takes complaints in and accepts them; lingers before some commits, takes others back."""
    rng = random.Random(seed)
    alice = User.objects.get(username="alice")
    phone = TaxonomyNode.objects.get(tree=TreeKind.CHANNEL, code="phone")
    for n in range(number):
        try:
            with transaction.atomic():
                complaint = submit_complaint(Submission(words=f"异响 {seed}/{n}", channel=phone), by=alice)
                time.sleep(rng.choice([0, 0, 0.05, 0.2]))
                if rng.random() < 0.25:
                    raise ThinkAgainError
        except ThinkAgainError:
            continue
        if rng.random() < 0.6:
            accept_complaint(complaint, by=alice)
    return number


def fold_once() -> int:
    return fold()


def keep_folding() -> None:
    while True:
        fold()
        compact(least=3)
        time.sleep(0.05)


def rebuild_anew() -> None:
    start_rebuild()
    while go_on_rebuilding():
        pass


def go_on() -> int:
    """All that waits, as the worker's child does it."""
    total = 0
    while done := go_on_rebuilding() or fold():
        total += done
    return total


def tidy() -> int:
    compact(least=2)
    return sweep()


def wrong() -> list[str]:
    return verify().wrong


def counted() -> dict[str, int]:
    """Complaints in the rows and in the sums; files there and files that count."""
    received = Rollup.objects.filter(metric="received", axis="", grain="m", node=0)
    return {
        "rows": Complaint.objects.count(),
        "sums": sum(received.values_list("met", flat=True)),
        "files": sum(1 for _path in files.everything()),
        "counting": LakeFile.objects.count(),
    }


for verb in (found, write, fold_once, keep_folding, rebuild_anew, go_on, tidy, wrong, counted):
    forge.VERBS[verb.__name__] = verb

if __name__ == "__main__":
    forge.main()
