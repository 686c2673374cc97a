"""Presets, which come with the product, and mapping files of the same shape (docs/howto/import.md)."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from wenguo.intake.choices import Column
from wenguo.intake.rules import Mapping, NotAMapping, mapping_from
from wenguo.lib.errors import Refused

PRESETS = Path(__file__).parent.parent / "presets"
GENERAL = "complaints"
LARGEST_MAPPING = 200_000  # bytes


@cache
def presets() -> dict[str, Mapping]:
    """By name, the general one first."""
    files = sorted(PRESETS.glob("*.json"), key=lambda path: (path.stem != GENERAL, path.stem))
    return {path.stem: mapping_from(json.loads(path.read_text(encoding="utf-8"))) for path in files}


def preset(name: str) -> Mapping:
    found = presets().get(name)
    if found is None:
        raise Refused(
            _("There is no preset “%(name)s”. There are: %(known)s.") % {"name": name, "known": "、".join(presets())},
            field="preset",
        )
    return found


def read_mapping(text: str) -> Mapping:
    """A mapping file (JSON)."""
    if len(text) > LARGEST_MAPPING:
        raise Refused(_("The mapping file is too large."), field="mapping")
    try:
        return mapping_from(json.loads(text))
    except NotAMapping as fault:
        raise Refused(_("The mapping file is wrong at “%(part)s”.") % {"part": fault}, field="mapping") from fault
    except ValueError as fault:
        raise Refused(_("The mapping file is not JSON."), field="mapping") from fault


def mapping_of(described: dict[str, Any], name: str) -> Mapping:
    """The mapping of a stored import: its own, else its preset's."""
    return mapping_from(described) if described else preset(name)


def template_columns(mapping: Mapping) -> list[str]:
    """The columns a file of this kind has, in the order people fill them in."""
    wanted = [*mapping.required]
    for column in Column:
        alternatives = mapping.columns.get(column, [])
        wanted += alternatives if column in (Column.PRODUCT, Column.ISSUE) else alternatives[:1]
    for alternatives in mapping.facts.values():
        wanted += [] if any(name in wanted for name in alternatives) else alternatives[:1]
    return list(dict.fromkeys(wanted))
