"""Text files as they arrive, plain, gzipped or zipped, opened within limits.

A small archive can unpack to more than any disk holds, so every byte that comes out is counted: against a
size, and against what went in. What kind of file it is, is read from its first bytes, never from its name.
"""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TextIO, cast

from conflict.kit.problems import Problem, Refused

_HONEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Unpacked bytes, unpacked to packed bytes (after the first megabyte), entries of an archive."""

    size: int = 200_000_000
    ratio: int = 100
    entries: int = 1000


@contextmanager
def opened_text(path: Path, suffixes: tuple[str, ...] = (), limits: Limits = Limits()) -> Iterator[TextIO]:
    """The text of a file (UTF-8, a byte order mark is skipped), line ends untouched.

    Of a zip archive, the one entry whose name ends with one of `suffixes`. Bytes that are not UTF-8 come as
    lone surrogates, so that the row they stand in can be refused and not the whole file. Raises Refused.
    """
    with ExitStack() as stack:
        with _refusing(path.name):
            file = stack.enter_context(path.open("rb"))
            raw = stack.enter_context(_unpacked(file, path.name, suffixes, limits))
            packed = path.stat().st_size
        counted = io.BufferedReader(_Counted(raw, path.name, packed, limits), 1 << 16)
        yield stack.enter_context(
            io.TextIOWrapper(counted, "utf-8-sig", errors="surrogateescape", newline="")
        )


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """What goes wrong with the file itself is the file's problem, told to whoever named it."""
    try:
        yield
    except (gzip.BadGzipFile, zipfile.BadZipFile, EOFError, zlib.error, RuntimeError) as problem:
        raise Refused(Problem("file", name, f"a complete, undamaged file ({problem})")) from problem
    except OSError as problem:
        raise Refused(Problem("file", name, f"a file that can be read ({problem.strerror})")) from problem


def _unpacked(file: IO[bytes], name: str, suffixes: tuple[str, ...], limits: Limits) -> IO[bytes]:
    start = file.read(4)
    file.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], gzip.GzipFile(fileobj=file))
    if start == b"PK\x03\x04":
        archive = zipfile.ZipFile(file)
        return archive.open(_entry(archive, name, suffixes, limits))
    return file


def refuse_large_archive(archive: zipfile.ZipFile, name: str, limits: Limits = Limits()) -> None:
    """Raise Refused for an archive whose own directory promises too many entries or too many bytes."""
    entries = archive.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.size:
        valid = f"an archive of at most {limits.entries:,} entries and {limits.size:,} bytes unpacked"
        raise Refused(Problem("file", name, valid))


def _entry(archive: zipfile.ZipFile, name: str, suffixes: tuple[str, ...], limits: Limits) -> zipfile.ZipInfo:
    refuse_large_archive(archive, name, limits)
    entries = archive.infolist()
    wanted = [entry for entry in entries if entry.filename.lower().endswith(suffixes) and not entry.is_dir()]
    # GeoNames packs its readme.txt beside the data.
    named = [entry for entry in wanted if "readme" not in entry.filename.lower()]
    if len(named) != 1 or named[0].flag_bits & 1:
        valid = f"an archive with exactly one entry ending in {' or '.join(suffixes)}, without password"
        raise Refused(Problem("file", name, valid))
    return named[0]


class _Counted(io.RawIOBase):
    """Passes bytes on and stops at the limits."""

    def __init__(self, source: IO[bytes], name: str, packed: int, limits: Limits) -> None:
        self.source, self.name, self.packed, self.limits, self.counted = source, name, packed, limits, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        with _refusing(self.name):
            piece = self.source.read(len(buffer))
        buffer[: len(piece)] = piece
        self.counted += len(piece)
        if self.counted > self.limits.size:
            raise Refused(Problem("file", self.name, f"at most {self.limits.size:,} bytes unpacked"))
        if self.counted > _HONEST and self.counted > self.limits.ratio * self.packed:
            raise Refused(
                Problem("file", self.name, f"unpacking to at most {self.limits.ratio} times its size")
            )
        return len(piece)
