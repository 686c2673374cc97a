"""Visitors: a form that was open long enough, posts, and a complaint that came by the web."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from wenguo.complaints.models import Complaint
from wenguo.complaints.queries import tracking_token
from wenguo.lib.now import moved_to, now
from wenguo.portal.actions import Sender, WebPost, submit_from_web
from wenguo.portal.models import HeldPost
from wenguo.portal.tokens import FormToken, new_form_token
from wenguo.process.models import Standard

WEB_WORDS = "变速箱换挡时异响，四方店检查了三次都说正常。😡 <script>alert(1)</script>"
ADVERTISING = "代开发票，低息贷款，详情 https://example.com/a https://example.com/b https://example.com/c"


@pytest.fixture
def form_token() -> str:
    """The token of a form that was opened a minute ago."""
    with moved_to(now() - timedelta(minutes=1)):
        return new_form_token()


@pytest.fixture
def typed(active_pack: Standard, form_token: str) -> Callable[..., dict[str, object]]:
    """What a browser posts from the public form; a test says only what matters to it."""

    def made(**fields: object) -> dict[str, object]:
        usual: dict[str, object] = {
            "form_token": form_token,
            "danger": "no",
            "words": WEB_WORDS,
            "naming": "named",
            "name": "张伟",
            "phone": "138 1234 6021",
            "email": "zhang.wei@example.com",
            "call_back_ok": "on",
        }
        return {name: value for name, value in {**usual, **fields}.items() if value is not None}

    return made


@pytest.fixture
def web_complaint(active_pack: Standard) -> Complaint:
    """Zhang's complaint, sent by the public form."""
    post = WebPost(words=WEB_WORDS, name="张伟", phone="13812346021", email="zhang.wei@example.com", call_back_ok=True)
    submit_from_web(post, [], form=FormToken("web-complaint", 60), sender=Sender(""))
    return Complaint.objects.select_related("customer").get(words=WEB_WORDS)


@pytest.fixture
def web_key(web_complaint: Complaint) -> str:
    """Its secret link's token."""
    return tracking_token(web_complaint)


@pytest.fixture
def held(active_pack: Standard) -> HeldPost:
    """An advertisement that was held."""
    post = WebPost(words=ADVERTISING, phone="13800000000")
    submit_from_web(post, [], form=FormToken("held", 60), sender=Sender(""))
    return HeldPost.objects.get()
