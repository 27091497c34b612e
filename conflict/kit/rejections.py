"""The report of rows that an importer could not use: a CSV line per problem, written as they are met.

Columns: file, line (as an editor counts, or the number of the feature), column, value, reason. Cells are
neutral to spreadsheets.
"""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TextIO

from conflict.kit.csvtext import csv_line
from conflict.kit.problems import Problem

COLUMNS = ("file", "line", "column", "value", "reason")


class Rejections:
    """Counts rejected rows; the report file comes into being with the first of them."""

    def __init__(self, path: Path | None) -> None:
        self.path, self.count = path, 0
        self._file: TextIO | None = None

    def add(self, file: str, line: int, *problems: Problem) -> None:
        """One row that could not be used, with what is wrong with it: a line of the report for each problem."""
        self.count += 1
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
