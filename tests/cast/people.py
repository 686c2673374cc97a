"""The company and its people, made once per test database by calling actions; each fixture reads one of them.

After a test that empties the database (`transaction=True`) the cast is made again.
"""

from collections.abc import Callable

import pytest
from pytest_django import DjangoDbBlocker

from wenguo.accounts.actions import Cast, found_cast
from wenguo.accounts.models import Unit, User

PASSWORD = "a river of 10 fish"


def _made() -> Cast:
    return found_cast(lambda _username: PASSWORD)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The cast is committed before the first test: a hundred inserts once, not once a test."""
    with django_db_blocker.unblock():
        _made()


@pytest.fixture
def cast(db: None) -> Cast:
    """Everybody and every unit at once."""
    return _made()


def _person(username: str) -> Callable[[None], User]:
    @pytest.fixture(name=username)
    def person(db: None) -> User:
        found = User.objects.select_related("unit").filter(username=username).first()
        return found or _made().people[username]

    return person


def _unit(code: str, name: str) -> Callable[[None], Unit]:
    @pytest.fixture(name=name)
    def unit(db: None) -> Unit:
        return Unit.objects.filter(code=code).first() or _made().units[code]

    return unit


alice = _person("alice")  # agent
bob = _person("bob")  # agent on her team
carol = _person("carol")  # team lead
dora = _person("dora")  # duty manager
rex = _person("rex")  # reviewer
quinn = _person("quinn")  # quality
wang = _person("wang")  # unit handler of the after-sales workshop
mei = _person("mei")  # manager
ada = _person("ada")  # administrator
otto = _person("otto")  # auditor
dan = _person("dan")  # dealer user in Qingdao
mallory = _person("mallory")  # unit handler of the dealer in Guangzhou

head_office = _unit("HQ", "head_office")
service_centre = _unit("SERVICE", "service_centre")
quality_dept = _unit("QUALITY", "quality_dept")
workshop = _unit("AFTERSALES", "workshop")
parts = _unit("PARTS", "parts")
marketing = _unit("MARKETING", "marketing")
east = _unit("EAST", "east")
qingdao = _unit("QINGDAO", "qingdao")
qingdao_station = _unit("QINGDAO-1", "qingdao_station")
south = _unit("SOUTH", "south")
guangzhou = _unit("GUANGZHOU", "guangzhou")
