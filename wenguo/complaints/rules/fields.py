"""The fields of the query language, each with its names in English and Chinese. Pure."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum


class Kind(Enum):
    """What the values of a field look like."""

    CHOICE = "choice"
    TREE = "tree"
    UNIT = "unit"
    PERSON = "person"
    CUSTOMER = "customer"
    DAY = "day"
    NUMBER = "number"
    YES = "yes"
    HAS = "has"
    TEXT = "text"


@dataclass(frozen=True)
class SearchField:
    """`name` is what saved views keep; `others` are read too, the first of them is the Chinese name."""

    name: str
    kind: Kind
    others: tuple[str, ...]

    @property
    def name_zh(self) -> str:
        return self.others[0]


def _field(name: str, kind: Kind, *others: str) -> SearchField:
    return SearchField(name, kind, others)


FIELDS: tuple[SearchField, ...] = (
    _field("status", Kind.CHOICE, "状态"),
    _field("stage", Kind.CHOICE, "环节", "阶段"),
    _field("importance", Kind.CHOICE, "重要程度", "级别"),
    _field("owner", Kind.PERSON, "经办人", "负责人"),
    _field("unit", Kind.UNIT, "牵头单位", "主办部门", "单位", "部门"),
    _field("product", Kind.TREE, "产品"),
    _field("issue", Kind.TREE, "问题"),
    _field("channel", Kind.TREE, "渠道"),
    _field("customer", Kind.CUSTOMER, "客户"),
    _field("received", Kind.DAY, "收到", "受理"),
    _field("due", Kind.DAY, "到期", "时限"),
    _field("changed", Kind.DAY, "更新"),
    _field("ended", Kind.DAY, "办结", "结案"),
    _field("overdue", Kind.YES, "超期", "逾期"),
    _field("urgent", Kind.YES, "紧急", "加急"),
    _field("waiting", Kind.YES, "等待客户", "等待"),
    _field("chased", Kind.YES, "催办"),
    _field("reopened", Kind.YES, "重开"),
    _field("safety", Kind.YES, "安全"),
    _field("vulnerable", Kind.YES, "弱势"),
    _field("disputed", Kind.YES, "有争议", "争议"),
    _field("anonymous", Kind.YES, "匿名"),
    _field("has", Kind.HAS, "有", "含"),
    _field("satisfaction", Kind.NUMBER, "满意度"),
    _field("ended_as", Kind.CHOICE, "结果", "结束方式"),
    _field("source", Kind.CHOICE, "来源"),
    _field("reference", Kind.TEXT, "编号", "投诉编号"),
    _field("order", Kind.TEXT, "订单", "vin"),
)
FIELDS_BY_NAME: dict[str, SearchField] = {
    name.lower(): field for field in FIELDS for name in (field.name, *field.others)
}


def closest_fields(typed: str) -> tuple[str, ...]:
    """Names of fields somebody may have meant."""
    return tuple(get_close_matches(typed.lower(), FIELDS_BY_NAME, n=3, cutoff=0.6))
