"""Who signs for which amount, what needs no performance, and the strings no remedy may carry. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

PROMISE = "company.promise"
MIN_OPTIONS = 2

# Remedies that are done with the reply itself: nothing is left to be performed on a promised day.
WORDS_ONLY = frozenset({"information", "apology", "referral"})


def is_words_only(path: str, amount: Decimal) -> bool:
    """An explanation or an apology without money needs no performance."""
    root = path.strip("/").split("/")[0]
    return root in WORDS_ONLY and not amount


@dataclass(frozen=True)
class Limit:
    """One line of the authority matrix; `approves` = the role may sign for others."""

    role: str
    max_amount: Decimal
    needs_second: bool
    approves: bool


@dataclass(frozen=True)
class Signatures:
    """How many people of which role have to sign; none where `count` is 0."""

    role: str
    count: int


def signatures_for(amount: Decimal, limits: Sequence[Limit], own_roles: Collection[str]) -> Signatures | None:
    """The smallest role whose limit covers the amount signs; None where nobody's does.

    What a handler's own role covers, below the first role that signs for others, needs no signature.
    """
    if not amount:
        return Signatures("", 0)
    covering = sorted((limit for limit in limits if limit.max_amount >= amount), key=lambda one: one.max_amount)
    signing = next((limit for limit in covering if limit.approves), None)
    for limit in covering:
        if limit.approves:
            break
        if limit.role in own_roles:
            return Signatures("", 0)
    return Signatures(signing.role, 2 if signing.needs_second else 1) if signing else None


# --- no strings attached ------------------------------------------------------------------------------------------

_DEMANDS = re.compile(
    r"请|须|需|应|要求|如(?!下|何|此|实|期|约|有)|若|只要|只有|前提|条件|同意|承诺|保证|配合|才能|方可|之后|以后|后[，,]?(才|再|方|我)|换取|协议|"
    r"please|must|shall|agree|provided|condition|in return|only if|if you|once you|promise|undertake|after you",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"(无需|不需要|不用|不必|不要求|不会要求|不以|并不|绝不|从不|不影响|没有要求|仍可|仍然可以|有权|可以继续)[^。；]{0,30}$|"
    r"(need not|do not (have|need)|not required|without|never|does not affect|remain free|may still)[^.;]{0,60}$",
    re.IGNORECASE,
)
_FORBIDDEN: dict[str, re.Pattern[str]] = {
    "regulator": re.compile(
        r"撤诉|(撤回|撤销|撤掉|取消|放弃|停止|不再)[^。；，]{0,16}(投诉|举报|申诉|诉讼|起诉|仲裁|调解|12315|12345)|"
        r"(withdraw|drop|cancel|waive|give up)[^.;]{0,40}(complaint|report|claim|lawsuit|action|regulator|12315)",
        re.IGNORECASE,
    ),
    "posts": re.compile(
        r"(删除|删掉|删帖|撤下|下架|隐藏|清空)[^。；]{0,16}(帖|视频|评论|微博|差评|言论|内容|文章|朋友圈|发布)|删帖|"
        r"(delete|remove|take down|hide)[^.;]{0,40}(post|video|comment|review|article)",
        re.IGNORECASE,
    ),
    "rating": re.compile(
        r"好评|五星|5\s*星|满分|(打|给|评)\s*(10|十|5|五)\s*分|十分满意|"
        r"(five|5)[ -]?star|full marks|top (score|rating)|(good|positive|high|favou?rable) (rating|review|score)",
        re.IGNORECASE,
    ),
    "silence": re.compile(
        r"(保密|不得(向|对)?[^。；]{0,10}(透露|披露|公开|传播|告知)|不(透露|披露|公开|传播|对外))|"
        r"(confidential|keep[^.;]{0,20}(secret|quiet|silent)|not (disclose|tell|publish|share|speak))",
        re.IGNORECASE,
    ),
}
_SENTENCE = re.compile(r"[^。！？!?；;\n]+|(?<=\w)\.(?=\s)")


def strings_attached(text: str) -> list[str]:
    """Which forbidden conditions a text makes: regulator, posts, rating, silence. To say one is not asked is fine."""
    found = []
    for sentence in _SENTENCE.findall(text):
        for name, pattern in _FORBIDDEN.items():
            match = pattern.search(sentence)
            if match and _DEMANDS.search(sentence) and not _DENIES.search(sentence[: match.start()]):
                found.append(name)
    return sorted(set(found), key=list(_FORBIDDEN).index)
