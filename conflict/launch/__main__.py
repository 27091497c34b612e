"""Entry of `python3 -m conflict.launch`, which ./run calls."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from conflict.launch.commands import COMMANDS, help_text
from conflict.launch.speech import Refusal, say
from conflict.launch.supervisor import Asked

INTERRUPTED = 130


def main(words: Sequence[str]) -> int:
    """Run one subcommand; a refusal says what went wrong and what to do, without a traceback."""
    name, rest = (words[0], words[1:]) if words else ("start", [])
    if name in ("--help", "-h", "help"):
        say(help_text())
        return 0
    if name not in COMMANDS:
        print(f"There is no ./run {name}.\n\n{help_text()}", file=sys.stderr)
        return 2
    if os.geteuid() == 0:
        # What root makes here (the environment, built files) the application's account must be able to read.
        os.umask(0o022)
    try:
        return COMMANDS[name].run(os.environ, rest)
    except Refusal as problem:
        print(f"\n✗ {problem.what}\n  What to do: {problem.advice}", file=sys.stderr, flush=True)
        return 1
    except (Asked, KeyboardInterrupt):
        say("Interrupted; ./run goes on from here next time.")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
