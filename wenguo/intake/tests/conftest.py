"""An installation with the default pack, and files to import."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wenguo.lib.actors import SYSTEM
from wenguo.process.actions import install_pack
from wenguo.process.models import Standard

HEADER = "编号,投诉内容,投诉日期,产品,问题类别,状态,姓名,电话\n"
ROWS = (
    "A1,变速箱异响，去了三次都没修好,2025-03-01,M7,变速箱异响,已结案,张伟,138 1234 6021\n"
    "A2,刹车发软,2025/03/02,M7,制动,撤回,李娜,13900001111\n"
    "A3,中控黑屏,2025-03-03 10:20,X3,中控,终结,张伟,+86 13812346021\n"
)


@pytest.fixture
def pack(db: None) -> Standard:
    return install_pack(by=SYSTEM)


@pytest.fixture
def table_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file and returns its path."""

    def written(content: str | bytes = HEADER + ROWS, name: str = "complaints.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return written
