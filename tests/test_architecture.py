"""What the import linter cannot see: front doors, keys that point up, HTTP below the views, sizes, clean templates."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = [
    *["lib", "ui", "outbox", "audit", "accounts", "process", "library", "customers", "complaints", "dispatch"],
    *["investigation", "resolution", "followup", "mining", "intake", "workforce", "supervision", "knowledge"],
    *["improvement", "recovery", "training", "insights", "portal", "desk", "world"],
]  # lowest first
FRONT_DOOR = {"models", "choices", "rules", "access", "queries", "actions"}
OPEN_ROOMS = {"lib", "ui"}
BELOW_VIEWS = {"channels", "actions", "queries", "access", "models", "rules", "choices"}
HTTP = ("django.http", "django.shortcuts", "django.contrib.messages", "django.views", "ninja")
FILE_LIMIT, FUNCTION_LIMIT = 300, 60

# Exceptions, each with its reason. ADR-0001 tells how to get one.
LONG_FILES: dict[str, str] = {}


def python_files() -> list[Path]:
    return [path for path in sorted((ROOT / "wenguo").glob("*/**/*.py")) if "migrations" not in path.parts]


def room_of(path: Path) -> str:
    return path.relative_to(ROOT / "wenguo").parts[0]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """Dotted names; `from a import b` gives `a.b`."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(path: Path) -> str:
    """`wenguo/complaints/actions/close.py` and `wenguo/complaints/actions.py` are both `actions`."""
    return path.relative_to(ROOT / "wenguo").parts[1].removesuffix(".py")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_other_rooms_are_entered_by_the_front_door() -> None:
    wrong = [
        f"{name(path)} imports {target}"
        for path in python_files()
        if room_of(path) != "world" and "tests" not in path.parts
        for target in imports(path)
        if is_back_door(target, room_of(path))
    ]
    assert wrong == []


def is_back_door(target: str, own_room: str) -> bool:
    parts = target.split(".")
    if parts[0] != "wenguo" or len(parts) < 3 or parts[1] in {own_room, *OPEN_ROOMS}:
        return False
    return parts[2] not in FRONT_DOOR


def test_foreign_keys_point_down() -> None:
    """Keys given as text (`"complaints.Complaint"`) escape the import linter."""
    wrong = []
    for model in apps.get_models():
        room = model.__module__.split(".")[1] if model.__module__.startswith("wenguo.") else None
        for field in model._meta.get_fields(include_hidden=True):
            target = getattr(field, "remote_field", None) and getattr(field, "concrete", False) and field.related_model
            if not room or not target or isinstance(target, str) or not target.__module__.startswith("wenguo."):
                continue
            if ROOMS.index(target.__module__.split(".")[1]) > ROOMS.index(room):
                wrong.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert wrong == []


def test_no_http_below_the_views() -> None:
    wrong = [
        f"{name(path)} imports {target}"
        for path in python_files()
        if module_of(path) in BELOW_VIEWS and room_of(path) not in OPEN_ROOMS
        for target in imports(path)
        if target.startswith(HTTP)
    ]
    assert wrong == []


def test_only_actions_write() -> None:
    """`save(`, `create(`, `update(` … of rows belong to `actions`; views, forms, queries and rules ask for a verb."""
    wrong = [
        f"{name(path)}:{node.lineno} {node.func.attr}()"
        for path in python_files()
        if module_of(path) in {"views", "api", "forms", "queries", "access", "rules"}
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and is_write(node.func)
    ]
    assert wrong == []


def is_write(call: ast.Attribute) -> bool:
    always = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    on_manager = {"create", "update", "delete"}
    return call.attr in always or (call.attr in on_manager and ".objects" in ast.unparse(call.value))


@pytest.mark.parametrize("forbidden", ["post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"])
def test_no_signals(forbidden: str) -> None:
    wrong = [name(path) for path in python_files() if any(t.endswith(f"signals.{forbidden}") for t in imports(path))]
    assert wrong == []


def test_no_late_imports() -> None:
    wrong = [
        f"{name(path)}:{inner.lineno}"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert wrong == []


def test_files_fit_on_a_few_screens() -> None:
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    assert {path: lines for path, lines in long.items() if lines > FILE_LIMIT and path not in LONG_FILES} == {}


def test_functions_fit_on_one_screen() -> None:
    wrong = [
        f"{name(path)}:{node.lineno} {node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path in python_files()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
        if node.end_lineno - node.lineno + 1 > FUNCTION_LIMIT
    ]
    assert wrong == []


def test_names_say_something() -> None:
    empty = {"utils", "helpers", "common", "misc", "manager", "managers", "services", "signals"}
    assert [name(path) for path in python_files() if path.stem in empty] == []


INLINE = re.compile(
    r"""\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|<style\b|<script\b(?![^>]*\bsrc=)|\bhx-on\b|javascript:"""
)
DATA_BLOCK = re.compile(r"""<script\b[^>]*type=["'](application/json|importmap)["'][^>]*>""")


def test_templates_hold_no_inline_style_or_script() -> None:
    """The content security policy refuses them; here it is said before a browser does."""
    wrong = [
        f"{name(path)}: {found.group().strip()}"
        for path in sorted((ROOT / "wenguo").rglob("templates/**/*.html"))
        for found in INLINE.finditer(DATA_BLOCK.sub("", path.read_text(encoding="utf-8")))
    ]
    assert wrong == []


def test_templates_load_nothing_from_elsewhere() -> None:
    elsewhere = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["'](?:https?:)?//""")
    wrong = [
        name(path)
        for path in sorted((ROOT / "wenguo").rglob("templates/**/*.html"))
        if elsewhere.search(path.read_text(encoding="utf-8"))
    ]
    assert wrong == []


def test_every_channel_folder_is_complete() -> None:
    channels = [path for path in (ROOT / "wenguo/intake/channels").glob("*/") if (path / "__init__.py").exists()]
    wrong = [name(path) for path in channels if not (path / "tests").is_dir() or not (path / "channel.py").exists()]
    assert wrong == []
