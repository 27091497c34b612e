"""The report of rows that an importer could not use: a CSV line per problem, written as they are met.

Columns: file, line (as an editor counts, or the number of the feature), column, value, reason. Cells are
neutral to spreadsheets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

from conflict.kit.csvtext import csv_line
from conflict.kit.problems import Problem

COLUMNS = ("file", "line", "column", "value", "reason")
FAULT_COLUMNS = ("sheet", "line", "column", "value", "valid", "nearest")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a row: its sheet or file, its line, the problem."""

    sheet: str
    line: int
    problem: Problem


def fault_lines(faults: Iterable[Fault]) -> Iterator[str]:
    """The faults as lines of CSV, one each."""
    yield csv_line(FAULT_COLUMNS)
    for fault in faults:
        problem, said = fault.problem, fault.problem.as_dict()
        yield csv_line(
            (fault.sheet, fault.line, said["field"], said["value"], problem.valid, problem.nearest)
        )


class Rejections:
    """Counts rejected rows; the report file comes into being with the first of them. `kept` is as many of the
    problems as are asked for."""

    def __init__(self, path: Path | None, keep: int = 0) -> None:
        self.path, self.count = path, 0
        self.problems, self.keep = 0, keep
        self.kept: list[Fault] = []
        self._file: TextIO | None = None

    def add(self, file: str, line: int, *problems: Problem) -> None:
        """One row that could not be used, with what is wrong with it: a line of the report for each problem."""
        self.count += 1
        self.problems += len(problems)
        self.kept += [
            Fault(file, line, problem) for problem in problems[: max(0, self.keep - len(self.kept))]
        ]
        if self.path is None:
            return
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", encoding="utf-8", newline="")
            self._file.write(csv_line(COLUMNS))
        for problem in problems:
            said = problem.as_dict()
            self._file.write(csv_line((file, line, said["field"], said["value"], f"valid: {problem.valid}")))

    def __enter__(self) -> Rejections:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
