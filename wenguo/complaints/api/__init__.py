"""Complaints for machines: create, read, list, search, and every step of this room."""

from wenguo.complaints.api import ends, reading, sides, steps
from wenguo.complaints.api.asked import router

__all__ = ["ends", "reading", "router", "sides", "steps"]
