"""What an investigation must have found, and why “human error” alone is no cause. Pure."""

import re
from collections.abc import Sequence

from wenguo.investigation.choices import Finding

MIN_WHYS = 2  # one answer is an observation, not a chain
MAX_WHYS = 7

# Places in the cause tree that blame a person; a company's own tree may mark more of them (extra: {"human": true}).
HUMAN_ERROR_CODES = frozenset({"human-error", "human", "operator-error"})

# Wordings that end with a person instead of with what let it happen.
_BLAMES = re.compile(
    r"粗心|马虎|疏忽|大意|不小心|不认真|不仔细|责任心|责任感|态度不|人为(失误|错误|原因|疏忽)|操作(失误|不当)|"
    r"(员工|人员|技师|师傅|顾问|客服|司机|工人|个人)[^，。；]{0,8}(失误|犯错|出错|忘记|忘了|没注意|漏了|意识)|"
    r"human error|careless|negligen|inattenti|forgot|operator error|(his|her|their) fault",
    re.IGNORECASE,
)
# A wording that names what the system lacks is fine even where a person appears in it.
_SYSTEM = re.compile(
    r"没有(规定|标准|流程|检查|复核|提醒|培训|防错|指引|清单|计划)|未(规定|设置|建立|安排|纳入|配置|制定)|缺(少|乏|失|项)|"
    r"流程|标准|制度|清单|检验项|系统|培训|防错|作业指导|复核|权限|工装|设计|"
    r"process|standard|procedure|checklist|no check|system|training|design|poka|tool|manual|missing|not required",
    re.IGNORECASE,
)


def blames_a_person(text: str) -> bool:
    """Does the answer stop at somebody's mistake without naming what let it happen?"""
    return bool(_BLAMES.search(text)) and not _SYSTEM.search(text)


def is_human_branch(path: str, extra: object) -> bool:
    """Is this place of the cause tree one that blames a person?"""
    marked = bool(extra.get("human")) if isinstance(extra, dict) else False
    return marked or not HUMAN_ERROR_CODES.isdisjoint(path.split("/"))


def chain(whys: Sequence[str]) -> list[str]:
    """The answers given, without empty ones."""
    return [" ".join(why.split()) for why in whys if why.strip()]


def upheld(findings: Sequence[str]) -> bool | None:
    """The complaint as a whole: one point substantiated is enough; None where it cannot be established."""
    if any(finding in (Finding.SUBSTANTIATED, Finding.PARTLY) for finding in findings):
        return True
    return None if Finding.CANNOT in findings or not findings else False


def needs_cause(findings: Sequence[str]) -> bool:
    """Where nothing was substantiated there is nothing to explain."""
    return any(finding in (Finding.SUBSTANTIATED, Finding.PARTLY) for finding in findings)
