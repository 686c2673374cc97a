"""`make eval`: every task at full size on the workshop's data, and the table in docs/mining.md made of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wenguo.mining.lib.outcome import Asked, Outcome
from wenguo.mining.lib.tables import Rows
from wenguo.mining.lib.tasks import evaluate

BEGIN, END = "<!-- made by `make eval` -->", "<!-- end of what `make eval` makes -->"
Read = Callable[[Path], Rows]


@dataclass(frozen=True)
class Trial:
    """One line of the table: files below the data folder, and which printed figure stands beside which."""

    task: str
    train: str
    figure: str
    beside: tuple[str, ...]  # names in the notes; a dotted one looks inside
    extra: str = ""
    asked: Asked = field(default_factory=Asked)


STEPS = ("constant", "1_gram", "3_gram", "without_the_day")
DAYS = ("constant_mae_days", "by_last_step_mae_days")
TRIALS = (
    Trial("classify", "gov_messages/train.csv", "macro_f1", ("plain_linear.macro_f1",)),
    Trial(
        "classify", "gov_messages/train.csv", "macro_f1", ("plain_linear.macro_f1",), "gov_messages/train_titles.csv"
    ),
    Trial("classify", "reviews/train.csv.gz", "accuracy", ("plain_linear.accuracy",), asked=Asked(["review"], "label")),
    Trial("multilabel", "car_complaints/complaints.csv", "micro_f1", ("plain_linear.micro_f1",)),
    Trial("aspect-sentiment", "car_opinions/train.csv", "aspect_micro_f1", ("plain_linear.aspect_micro_f1",)),
    Trial("next-step", "event_logs/helpdesk_train.csv", "accuracy", STEPS, asked=Asked(split="file")),
    Trial("next-step", "event_logs/helpdesk_train.csv", "accuracy", STEPS),
    Trial(
        "remaining-time", "event_logs/helpdesk_train.csv", "mae_days", ("constant_mae_days", "by_last_step_mae_days")
    ),
    Trial("remaining-time", "event_logs/receipt.csv.gz", "mae_days", DAYS),
    Trial("breach", "event_logs/servicenow_train.csv.gz", "auc", ("plain_linear.auc",)),
    Trial("duplicates", "gov_messages/hot_messages.csv", "pairs", ()),
    Trial("hot-events", "gov_messages/hot_messages.csv", "events", ()),
)


def table(folder: Path, read: Read) -> Iterator[str]:
    """Markdown, line by line as the trials end."""
    yield "| task | file | kept back | ours | beside it | trained in | rows a second |"
    yield "|---|---|---|---|---|---|---|"
    for trial in TRIALS:
        extra = read(folder / trial.extra) if trial.extra else None
        outcome = evaluate(trial.task, read(folder / trial.train), None, trial.asked, extra)
        yield from _lines(trial, outcome)


def _lines(trial: Trial, outcome: Outcome) -> Iterator[str]:
    file = trial.train + (f" + {trial.extra}" if trial.extra else "")
    kept = outcome.notes.get("split", "nothing to train")
    times = f"{outcome.measures['train_s']:.1f} s | {outcome.measures['predict_per_s']:,.0f}"
    told = [(trial.figure, trial.beside)]
    if trial.task == "aspect-sentiment":
        told.append(("polarity_macro_f1", ("plain_linear.polarity_macro_f1",)))
    for figure, names in told:
        beside = ", ".join(f"{name.split('.')[0].replace('_', ' ')} {_number(outcome.notes, name)}" for name in names)
        ours = _shown(outcome.measures[figure])
        yield f"| {trial.task} | {file} | {kept} | {figure} {ours} | {beside} | {times} |"


def _number(notes: dict[str, Any], name: str) -> str:
    value: Any = notes
    for part in name.split("."):
        value = value[part] if value else None
    return _shown(value)


def _shown(value: float | int | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.4f}"


def put_into(page: Path, lines: list[str]) -> None:
    """Between the two marks of the page."""
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    page.write_text("\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"]), encoding="utf-8")
