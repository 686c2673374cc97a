"""Registers: the complaints row by row, with every field a standard or a regulator asks for."""

from wenguo.insights.queries.registers.entries import Eyes, Known, known_of
from wenguo.insights.queries.registers.register import (
    entry_of,
    headings,
    register_count,
    register_page,
    register_rows,
)

__all__ = ["Eyes", "Known", "entry_of", "headings", "known_of", "register_count", "register_page", "register_rows"]
