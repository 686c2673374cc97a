"""Pure pieces: what looks like spam, how often is too often, how a stage reads to the complainant."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from wenguo.complaints.choices import Status
from wenguo.portal.choices import Suspicion
from wenguo.process.choices import Stage

MOST_FILES = 10
MOST_BYTES = 60 * 1024 * 1024  # all files of one post together
FASTEST = timedelta(seconds=3)
FORM_LIVES = timedelta(days=3)
CODE_LIVES = timedelta(minutes=10)
CODE_TRIES = 5
PROOF_LIVES = timedelta(minutes=30)


@dataclass(frozen=True)
class Limit:
    """So many uses in this time."""

    uses: int
    per: timedelta


_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
POSTS_OF_ADDRESS = Limit(20, _HOUR)  # more are held: a shop's guests share one address
POSTS_OF_SESSION = Limit(5, _HOUR)
POSTS_AT_ALL = Limit(200, _HOUR)  # of one address; more are refused
SAME_TEXT = Limit(3, _DAY)
HELPS = Limit(300, _HOUR)
CODES_OF_ADDRESS = Limit(10, _HOUR)
CODES_OF_REFERENCE = Limit(5, _HOUR)
PROOFS = Limit(30, _HOUR)
CHASES = Limit(2, _DAY)
ADDITIONS = Limit(30, _DAY)

# C0 without tab and newline, DEL, C1, non-characters: nothing anybody typed, and NUL no database keeps.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINK = re.compile(r"https?://|www\.|\[url|<a\s+href", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]")
_ADVERTISING = re.compile(
    r"代开发票|刷单|刷钻|棋牌|博彩|彩票计划|裸聊|约炮|壮阳|兼职日结|代办证件|办证刻章|加微信领|加我微信|低息贷款|网贷口子|引流推广|"
    r"casino|viagra|cialis|porn|escort|backlinks?|seo service|crypto invest|forex signal|online pharmacy|payday loan",
    re.IGNORECASE,
)


def as_written(text: str) -> str:
    """Everything somebody can type stays; control characters and halves of characters become U+FFFD."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("\ufffd", text))


def suspicions(words: str, *, others: Collection[str] = (), trap: str = "", seconds: float) -> list[Suspicion]:
    """Why this post should be looked at before it becomes a complaint; mostly empty. `others` are the short fields."""
    found = []
    if trap.strip():
        found.append(Suspicion.TRAP)
    if seconds < FASTEST.total_seconds():
        found.append(Suspicion.FAST)
    links = len(_LINK.findall(words))
    if links >= 3 or any(_LINK.search(text) for text in others):
        found.append(Suspicion.LINKS)
    advertising = len(set(_ADVERTISING.findall(words.lower())))
    if advertising >= 2 or (advertising and links):
        found.append(Suspicion.ADVERTISING)
    if not _WORD.search(words):
        found.append(Suspicion.NO_WORDS)
    return found


# The five steps of the tracking page: received · accepted · looking into it · our answer · are you satisfied.
_STEP_OF: dict[str, int] = {
    Stage.COLLECT: 1,
    Stage.ACCEPT: 1,
    Stage.VALIDITY: 1,
    Stage.CLASSIFY: 1,
    Stage.IMPORTANCE: 1,
    Stage.REVIEW: 1,
    Stage.ASSIGN: 1,
    Stage.CAUSE: 2,
    Stage.RESOLVE: 3,
    Stage.FOLLOW_UP: 3,
    Stage.FEED_BACK: 3,
    Stage.CALL_BACK: 4,
}
STEPS = 5
_OVER = frozenset({Status.CLOSED, Status.CLOSED_WITH_NOTICE, Status.NOT_ACCEPTED})


def step_reached(stage: str, status: str) -> int:
    """Which of the five steps is on: 1 to 4; 5 when all are done. The first is done as soon as there is a reference."""
    if status in _OVER:
        return STEPS
    return _STEP_OF.get(stage, STEPS)
