"""What administrators do with the process. Nothing else writes these rows; everything is audited in `process`."""

from wenguo.process.actions.authority import set_authority
from wenguo.process.actions.calendars import (
    SpecialDay,
    add_calendar,
    change_calendar,
    change_windows,
    load_year,
    make_default,
    remove_calendar,
    remove_day,
    set_day,
    upload_year,
)
from wenguo.process.actions.clocks import add_clock_rule, new_clock_rule_version, set_clock_rule_active
from wenguo.process.actions.pack_file import import_pack, try_pack
from wenguo.process.actions.packs import install_pack
from wenguo.process.actions.standards import (
    activate_standard,
    change_stage_rule,
    change_standard,
    discard_draft,
    draft_new_version,
)
from wenguo.process.actions.trees import add_node, change_node, import_tree, move_node, set_node_active

__all__ = [
    "SpecialDay",
    "activate_standard",
    "add_calendar",
    "add_clock_rule",
    "add_node",
    "change_calendar",
    "change_node",
    "change_stage_rule",
    "change_standard",
    "change_windows",
    "discard_draft",
    "draft_new_version",
    "import_pack",
    "import_tree",
    "install_pack",
    "load_year",
    "make_default",
    "move_node",
    "new_clock_rule_version",
    "remove_calendar",
    "remove_day",
    "set_authority",
    "set_clock_rule_active",
    "set_day",
    "set_node_active",
    "try_pack",
    "upload_year",
]
