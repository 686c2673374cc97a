"""The draw of a sample and the verdict of a checklist. Pure."""

import random
from collections.abc import Mapping, Sequence

from wenguo.supervision.choices import ItemFinding

CHECKLIST: tuple[tuple[str, str, str], ...] = (
    ("words", "保留了投诉人的原话", "The complainant's own words were kept"),
    ("in_time", "每个承诺的期限都兑现或事先告知", "Every promise was kept, or told before it was missed"),
    ("both_sides", "听取了双方意见", "Both sides were heard"),
    ("cause", "原因止于可控的系统原因", "The cause stops at something the company controls"),
    ("remedy", "处理不低于法定权益，且已兑现", "The remedy is not below the law, and was performed"),
    ("reply", "答复说明了理由和其他途径", "The reply gave reasons and the other routes"),
    ("no_strings", "没有附加条件", "No strings were attached"),
)


def draw(population: Sequence[int], size: int, seed: int) -> list[int]:
    """`size` ids drawn without replacement; the same population, size and seed draw the same."""
    ordered = sorted(population)
    # repeatable on purpose: the seed stands in the plan
    return random.Random(seed).sample(ordered, min(size, len(ordered)))  # noqa: S311


def finding_of(answers: Mapping[str, str]) -> ItemFinding:
    """The worst of the answers; open while one is missing."""
    values = set(answers.values())
    if not answers or ItemFinding.OPEN in values:
        return ItemFinding.OPEN
    for worst in (ItemFinding.MAJOR, ItemFinding.MINOR):
        if worst in values:
            return worst
    return ItemFinding.CONFORMS
