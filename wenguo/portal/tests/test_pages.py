"""Pages anybody may read, in both languages; the survey; help while typing; the poster."""

import pytest
from django.test import Client

from wenguo.accounts.models import Unit, User
from wenguo.complaints.models import Complaint
from wenguo.followup.actions import send_survey
from wenguo.followup.models import Survey
from wenguo.lib.actors import SYSTEM
from wenguo.library.actions import install_texts
from wenguo.library.models import Article
from wenguo.process.models import Standard

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "chinese", "english"),
    [
        ("/", "哪里不对，请告诉我们", "Tell us what went wrong"),
        ("/complain/", "请说说发生了什么", "What went wrong?"),
        ("/track/", "我的投诉办到哪一步了", "How does my complaint stand?"),
        ("/articles/", "大家问得最多的问题", "Answers to what people ask us most."),
        ("/rights/", "法律给您的权利", "What the law gives you"),
        ("/privacy/", "您的信息我们怎样使用", "How we treat what you tell us"),
        ("/accessibility/", "无障碍", "WCAG 2.2, level AA"),
    ],
)
def test_pages_speak_both_languages(
    client: Client, active_pack: Standard, path: str, chinese: str, english: str
) -> None:
    assert chinese in client.get(path).content.decode()
    assert english in client.get(path, headers={"accept-language": "en"}).content.decode()


def test_the_first_page_tells_where_to_call_in_an_emergency(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "tel:120" in page
    assert "tel:110" in page
    assert "12315" in page


def test_only_published_public_articles_are_shown(client: Client) -> None:
    install_texts(by=SYSTEM)
    staff = Article.objects.filter(audience="staff").first()
    public = Article.objects.get(code="repaired-again")
    assert staff
    assert "修好又坏了怎么办" in client.get(f"/articles/{public.pk}/").content.decode()
    assert client.get(f"/articles/{staff.pk}/").status_code == 404


def test_help_while_typing_shows_articles_never_complaints(client: Client, web_complaint: Complaint) -> None:
    install_texts(by=SYSTEM)
    page = client.post("/complain/help/", {"words": "变速箱维修了三次，没修好"}).content.decode()
    assert "修好又坏了怎么办" in page
    assert "四方店" not in page


def test_help_says_nothing_to_next_to_nothing(client: Client) -> None:
    assert client.post("/complain/help/", {"words": "车"}).content == b""


def test_the_poster_of_a_shop(client: Client, alice: User, qingdao: Unit, head_office: Unit) -> None:
    client.force_login(alice)
    page = client.get("/poster/QINGDAO/").content.decode()
    assert "青岛四方店" in page
    assert "<svg" in page
    assert "/complain/?at=QINGDAO" in page
    assert client.get("/poster/HQ/").status_code == 404
    assert "青岛四方店" in client.get("/poster/").content.decode()


def test_a_survey_is_answered_once(client: Client, handled: Complaint) -> None:
    token = send_survey(handled)
    assert "您满意吗" in client.get(f"/survey/{token}/").content.decode()
    assert client.post(f"/survey/{token}/", {"result": "5"}).status_code == 422
    given = {"handling": "5", "result": "4", "is_solved": "yes", "comment": "谢谢"}
    assert "谢谢您的评价" in client.post(f"/survey/{token}/", given).content.decode()
    client.post(f"/survey/{token}/", {"handling": "1"})
    answer = Survey.objects.get()
    assert (answer.handling, answer.result, answer.product, answer.is_solved) == (5, 4, None, True)


def test_an_unknown_survey_leads_nowhere(client: Client) -> None:
    assert client.get("/survey/nothing/").status_code == 404
