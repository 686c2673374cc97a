"""What a task is given: rows with named columns. Which column is which is told by name, or known from common files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

Row = Mapping[str, str]


class MissingColumns(Exception):
    """A file lacks a column the task needs."""

    def __init__(self, file: str, wanted: Sequence[str], seen: Sequence[str]) -> None:
        super().__init__(f"{file}: none of {wanted} among {seen}")
        self.file, self.wanted, self.seen = file, tuple(wanted), tuple(seen)


class TooLittle(Exception):
    """Rows are there, but not enough to learn from: `file`, how many could be used, how many are needed."""

    def __init__(self, file: str, usable: int, needed: int) -> None:
        super().__init__(f"{file}: {usable} usable rows, {needed} needed")
        self.file, self.usable, self.needed = file, usable, needed


@dataclass(frozen=True)
class Rows:
    """One file, or several read as one."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]

    def __len__(self) -> int:
        return len(self.rows)

    def find(self, known: Sequence[str], asked: str = "") -> str | None:
        """The column asked for, else the first known name that is there; upper and lower case are one."""
        names = {name.strip().lower(): name for name in reversed(self.columns)}
        wanted = (asked,) if asked else known
        return next((names[name.strip().lower()] for name in wanted if name.strip().lower() in names), None)

    def need(self, known: Sequence[str], asked: str = "") -> str:
        found = self.find(known, asked)
        if found is None:
            raise MissingColumns(self.name, (asked,) if asked else known, self.columns)
        return found

    def column(self, name: str | None) -> list[str]:
        return [(row.get(name) or "").strip() for row in self.rows] if name else [""] * len(self.rows)

    def names(self) -> list[str]:
        """What each row is called: its id, else its number in the file, the first being 1."""
        column = self.find(IDS)
        return self.column(column) if column else [str(row) for row in range(1, len(self.rows) + 1)]

    def only(self, places: Sequence[int]) -> "Rows":
        return Rows(self.name, self.columns, [self.rows[int(place)] for place in places])


TEXTS: tuple[str, ...] = (
    *("text", "content", "narrative", "consumer complaint narrative", "review", "message", "description"),
    *("留言详情", "投诉内容", "内容", "正文"),
)
TITLES = ("title", "subject line", "留言主题", "标题", "主题")
LABELS = ("label", "cats", "category", "class", "product", "一级标签", "分类", "类别", "标签")
IDS = ("id", "content_id", "complaint id", "留言编号", "编号", "number", "caseid")
TIMES = ("time", "received_on", "date received", "received_at", "created_at", "留言时间", "时间", "日期")
CUSTOMERS = ("user", "customer", "customer_id", "caller_id", "留言用户", "用户")

_FORMATS = (
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d"),
    *("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%Y年%m月%d日"),
)


def seconds(texts: Sequence[str]) -> list[float | None]:
    """Points in time as seconds since 1970, None where there is none; one reading for the whole column."""
    filled = [text for text in texts if text]
    for read in (datetime.fromisoformat, *(_reader(form) for form in _FORMATS)):
        if filled and all(_read(read, text) is not None for text in filled[:2000]):
            return [_read(read, text) if text else None for text in texts]
    return [None] * len(texts)


def _reader(form: str) -> Callable[[str], datetime]:
    return lambda text: datetime.strptime(text, form).replace(tzinfo=UTC)


def _read(read: Callable[[str], datetime], text: str) -> float | None:
    try:
        when = read(text)
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def labels_in(text: str) -> list[str]:
    """`A|B`, `A,B` and `A，B` are two labels each; each once, in order."""
    parts = text.replace("，", "|").replace(",", "|").replace("；", "|").replace(";", "|").split("|")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
