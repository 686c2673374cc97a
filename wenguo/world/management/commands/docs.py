"""`wenguo docs [--check]`: the pages of docs/ that are made from the code, so that they cannot be wrong."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from wenguo.complaints.rules import LIFE_CYCLE, Row
from wenguo.process.choices import Stage

ROOMS = {
    "world": "the demo world and commands that cross rooms",
    "desk": "faces for staff",
    "portal": "faces for complainants",
    "insights": "figures, read from every room",
    "training": "guides, courses, exercises",
    "recovery": "service recovery after a solved complaint",
    "improvement": "corrective action, proposals, proven effect",
    "knowledge": "what complaints taught",
    "supervision": "inspections, calibration, management review",
    "workforce": "skills, shifts, staffing",
    "intake": "messages in, delivery of what is in the outbox",
    "mining": "text to classes, duplicates, topics",
    "followup": "promised notices, call-backs, surveys",
    "resolution": "proposals, remedies, approvals, replies",
    "investigation": "allegations, findings, causes, evidence",
    "dispatch": "routing, lead and assisting units, owners",
    "complaints": "the complaint itself: stages, clocks, timeline",
    "customers": "people and firms, what they own, consent",
    "library": "articles, templates, regulations",
    "process": "the standard, calendars, clock rules, taxonomies",
    "accounts": "people, units, roles, what a person may see",
    "audit": "append-only: what was done, what was looked at",
    "outbox": "what waits to leave",
    "ui": "base page, components, tags",
    "lib": "plain helpers without models",
}
MADE = "<!-- made by `make docs`; change the code instead -->\n"


class Command(BaseCommand):
    help = "Writes docs/map.md and docs/lifecycle.md from the layer contract and the life cycle table."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only tell whether they are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        with translation.override("en"):
            pages = {root / "docs/map.md": map_page(root), root / "docs/lifecycle.md": life_cycle_page()}
        stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        if options["check"] and stale:
            raise CommandError(f"Out of date, run `make docs`: {', '.join(path.name for path in stale)}")
        for path in stale:
            path.write_text(pages[path], "utf-8")
            self.stdout.write(f"written: {path.relative_to(root)}")


def map_page(root: Path) -> str:
    """One line a layer, upper first; imports go down only."""
    contracts = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = [[name.strip(" ()") for name in layer.split("|")] for layer in contracts[0]["layers"]]
    boxes = [f'  L{row}["{" · ".join(rooms)}"]' for row, rooms in enumerate(layers)]
    arrows = [f"  L{row} --> L{row + 1}" for row in range(len(layers) - 1)]
    lines = [
        f"| {row + 1} | {_room(name, root)} | {ROOMS[name]} |" for row, rooms in enumerate(layers) for name in rooms
    ]
    return "\n".join(
        [
            f"{MADE}# The map",
            "",
            "Imports, foreign keys and calls go down only; rooms of one layer do not know each other.",
            "",
            "```mermaid",
            "flowchart TD",
            *boxes,
            *arrows,
            "```",
            "",
            "| layer | room | what it holds |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )


def _room(name: str, root: Path) -> str:
    return f"[{name}](../wenguo/{name})" if (root / "wenguo" / name).is_dir() else f"{name} (not built yet)"


def life_cycle_page() -> str:
    """The steps between stages as a picture, and every row of the table."""
    moves = [
        f"  {stage.value} --> {row.to_stage.value}: {row.step.label}"
        for row in LIFE_CYCLE
        for stage in row.stages
        if row.to_stage and row.to_stage != stage
    ]
    names = [f'  state "{stage.label}" as {stage.value}' for stage in Stage]
    return "\n".join(
        [
            f"{MADE}# The life cycle",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *names,
            *moves,
            "```",
            "",
            "| step | at stage | in state | to stage | to state | permission | who | needs | must be filled |",
            "|---|---|---|---|---|---|---|---|---|",
            *(_line(row) for row in LIFE_CYCLE),
            "",
        ]
    )


def _line(row: Row) -> str:
    stages = "any" if len(row.stages) == len(Stage) else ", ".join(str(stage.label) for stage in row.stages)
    cells = [
        str(row.step.label),
        stages,
        ", ".join(str(status.label) for status in row.statuses),
        str(row.to_stage.label) if row.to_stage else "stays",
        str(row.to_status.label) if row.to_status else "stays",
        row.permission.value,
        str(row.who.label),
        ", ".join(str(stage.label) for stage in row.needs),
        ", ".join(row.fills),
    ]
    return f"| {' | '.join(cells)} |"
