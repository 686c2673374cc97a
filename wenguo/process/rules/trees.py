"""Planning the import of a tree: every row is looked at before any is written."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wenguo.lib.pinyin import syllables
from wenguo.process.choices import TreeFault

DEEPEST = 6
CODE = re.compile(r"[\w.-]{1,80}", re.ASCII)
EXTRA = "extra."
CODE_COLUMNS = {"code": "code", "代码": "code", "编码": "code"}
COLUMNS = CODE_COLUMNS | {
    "parent": "parent", "上级": "parent", "上级代码": "parent", "name_zh": "name_zh", "名称": "name_zh",
    "中文名称": "name_zh", "name_en": "name_en", "英文名称": "name_en",
}  # fmt: skip


@dataclass(frozen=True)
class TreeRow:
    """A node as a file or the database says it."""

    code: str
    parent: str
    name_zh: str
    name_en: str
    extra: Mapping[str, str | bool] = field(default_factory=dict)
    number: int = 0


@dataclass(frozen=True)
class RowFault:
    number: int
    fault: TreeFault
    value: str


@dataclass(frozen=True)
class TreePlan:
    """What an import would do. With a fault nothing is done."""

    new: tuple[TreeRow, ...]
    changed: tuple[TreeRow, ...]
    unchanged: int
    faults: tuple[RowFault, ...]
    paths: Mapping[str, str]


def rows_from_table(columns: Iterable[str], values: Iterable[tuple[int, Mapping[str, str]]]) -> list[TreeRow]:
    """Two shapes: columns code, parent, name_zh, name_en (and extra.…), or one column a level, leaves to the right."""
    names = list(columns)
    if any(name.strip().lower() in CODE_COLUMNS for name in names):
        return [_coded_row(number, row) for number, row in values]
    return _level_rows(names[:DEEPEST], values)


def _coded_row(number: int, row: Mapping[str, str]) -> TreeRow:
    known = {COLUMNS.get(name.strip().lower(), ""): value.strip() for name, value in row.items()}
    extra = {name[len(EXTRA) :]: value.strip() for name, value in row.items() if name.startswith(EXTRA)}
    return TreeRow(
        known.get("code", ""),
        known.get("parent", ""),
        known.get("name_zh", "") or known.get("name_en", ""),
        known.get("name_en", "") or known.get("name_zh", ""),
        {key: extra_value(value) for key, value in extra.items() if value},
        number,
    )


def extra_value(text: str) -> str | bool:
    """`true` and `false` are facts clock rules ask for; anything else is text."""
    return {"true": True, "false": False}.get(text.lower(), text)


def extra_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _level_rows(levels: list[str], values: Iterable[tuple[int, Mapping[str, str]]]) -> list[TreeRow]:
    """Each distinct path is a node; its code follows from the path, so that a second import finds it again."""
    rows: dict[str, TreeRow] = {}
    for number, row in values:
        parent, trail = "", []
        for level in levels:
            name = " ".join(row[level].split())
            if not name:
                break
            trail.append(name)
            code = code_from_names(trail)
            rows.setdefault(code, TreeRow(code, parent, name, name, {}, number))
            parent = code
    return list(rows.values())


def code_from_names(trail: list[str]) -> str:
    """`chengxiangjianshe-3fa2`: readable, the same for the same path, different for another."""
    spoken = re.sub(r"[^a-z0-9]+", "-", "".join(syllables(trail[-1])).lower()).strip("-")[:24].strip("-")
    mark = hashlib.sha256("\x1f".join(trail).encode()).hexdigest()[:6]
    return f"{spoken}-{mark}" if spoken else mark


def plan_tree(rows: Iterable[TreeRow], existing: Mapping[str, TreeRow]) -> TreePlan:
    """Compares the rows of a file with the tree. Nodes the file does not name stay as they are."""
    wanted: dict[str, TreeRow] = {}
    faults: list[RowFault] = []
    for row in rows:
        fault = TreeFault.REPEATED if row.code in wanted else _fault_of(row)
        if fault:
            faults.append(RowFault(row.number, fault, row.code or row.name_zh))
        else:
            wanted[row.code] = row
    parents = {code: row.parent for code, row in {**existing, **wanted}.items()}
    faults += [
        RowFault(row.number, TreeFault.UNKNOWN_PARENT, row.parent)
        for row in wanted.values()
        if row.parent and row.parent not in parents
    ]
    paths = {}
    for code in parents:
        path, fault = _walk(code, parents)
        paths[code] = path
        if fault and code in wanted:
            faults.append(RowFault(wanted[code].number, fault, code))
    new = tuple(row for code, row in wanted.items() if code not in existing)
    changed = tuple(row for code, row in wanted.items() if code in existing and _differs(row, existing[code]))
    faults.sort(key=lambda one: one.number)
    return TreePlan(new, changed, len(wanted) - len(new) - len(changed), tuple(faults), paths)


def _fault_of(row: TreeRow) -> TreeFault | None:
    if not CODE.fullmatch(row.code):
        return TreeFault.BAD_CODE
    if not row.name_zh:
        return TreeFault.NO_NAME
    return TreeFault.TOO_LONG if max(len(row.name_zh), len(row.name_en)) > 200 else None


def _walk(code: str, parents: Mapping[str, str]) -> tuple[str, TreeFault | None]:
    trail = [code]
    while parent := parents.get(trail[-1], ""):
        if parent in trail:
            return "", TreeFault.CYCLE
        if parent not in parents:
            return "", None
        trail.append(parent)
    path = f"/{'/'.join(reversed(trail))}/"
    return path, TreeFault.TOO_DEEP if len(trail) > DEEPEST or len(path) > 400 else None


def _differs(row: TreeRow, old: TreeRow) -> bool:
    return (row.parent, row.name_zh, row.name_en, dict(row.extra)) != (
        old.parent, old.name_zh, old.name_en, dict(old.extra),
    )  # fmt: skip
