"""The only module that touches the lake's files: on disk under WENGUO_HOME, or in object storage by address."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from pyarrow import fs

from wenguo.insights.lake.schema import SCHEMA, as_now

_SCHEMA_KEY = b"wenguo.schema"


@cache
def _place(address: str) -> tuple[fs.FileSystem, str]:
    """Where the lake is: a folder, or an address such as s3://bucket/lake."""
    if "://" in address:
        system, root = fs.FileSystem.from_uri(address)
    else:
        system, root = fs.LocalFileSystem(), address
    return system, root


def _here() -> tuple[fs.FileSystem, str]:
    return _place(str(settings.WENGUO_LAKE))


def is_local() -> bool:
    return isinstance(_here()[0], fs.LocalFileSystem)


def filesystem() -> fs.FileSystem:
    return _here()[0]


def full(path: str) -> str:
    """The path as the file system (and an engine) opens it."""
    return f"{_here()[1]}/{path}"


def write(path: str, table: pa.Table) -> int:
    """Writes a whole new file; returns its size. Nobody reads it before its row in LakeFile is committed."""
    system, _root = _here()
    system.create_dir(str(PurePosixPath(full(path)).parent), recursive=True)
    marked = table.replace_schema_metadata({_SCHEMA_KEY: str(SCHEMA).encode()})
    with system.open_output_stream(full(path)) as stream:
        pq.write_table(marked, stream, compression="zstd", coerce_timestamps="us")
    if is_local():  # the row that makes it count must not outlive it in a power cut
        with open(full(path), "rb") as written:
            os.fsync(written.fileno())
    return int(system.get_file_info(full(path)).size)


def read(kind: str, path: str) -> pa.Table:
    """A file with today's columns, whatever schema it was written with."""
    with _here()[0].open_input_file(full(path)) as stream:
        return as_now(kind, pq.ParquetFile(stream).read())


def everything() -> Iterator[str]:
    """All files below the root, also those that do not count."""
    system, root = _here()
    chosen = fs.FileSelector(root, recursive=True, allow_not_found=True)
    for info in system.get_file_info(chosen):
        if info.type == fs.FileType.File:
            yield info.path.removeprefix(root).lstrip("/")


def exists(path: str) -> bool:
    return bool(_here()[0].get_file_info(full(path)).type == fs.FileType.File)


def delete(path: str) -> None:
    """Gone is gone: another worker may have swept it before."""
    if exists(path):
        _here()[0].delete_file(full(path))
