"""The library's texts are settings: the same people change them."""

from wenguo.process.access import check_may_change, may_change, may_read

__all__ = ["check_may_change", "may_change", "may_read"]
