"""Stages 9 to 11 for machines, under /complaints."""

from ninja import Router

from wenguo.resolution.api import options, replies

router = Router(tags=["resolution"])
router.add_router("", options.router)
router.add_router("", replies.router)
