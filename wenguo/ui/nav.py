"""What a navigation entry is. Desk fills `nav` in its context processor; the frame only draws it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class NavItem:
    """One place: `shortcut` is typed after `g`, `foot` puts it at the lower end, `match` are more path prefixes."""

    key: str
    label: str
    icon: str
    url: str
    count: int = 0
    shortcut: str = ""
    foot: bool = False
    current: bool = False
    match: tuple[str, ...] = ()

    def depth(self, path: str) -> int:
        """Length of the longest prefix of `path` this item answers for; 0: none."""
        prefixes = (self.url, *self.match)
        return max((len(p) for p in prefixes if path == p or (p != "/" and path.startswith(p))), default=0)


def mark_current(items: Sequence[NavItem], path: str) -> list[NavItem]:
    """The item with the longest matching prefix is the current one."""
    deepest = max((item.depth(path) for item in items), default=0)
    return [replace(item, current=bool(deepest) and item.depth(path) == deepest) for item in items]
