"""Where things are: the checkout, the data directory of this copy, and folders for sockets.

Paths of unix sockets may have about 107 bytes: a deep data directory gets short folders for them elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from conflict.launch.accounts import Account, is_root
from conflict.launch.speech import Refusal

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
LONGEST_SOCKET = 100
PLAIN = re.compile(r"[A-Za-z0-9/._-]+")
# For accounts without a runtime folder; make_folder refuses what is not theirs there.
SHARED = Path("/tmp")  # noqa: S108
SOCKET_NAME = ".s.PGSQL.5432.lock"


def copy_name(root: Path) -> str:
    """A name for this checkout, the same at every start: its folder's name and a digest of its path."""
    word = re.sub(r"[^a-z0-9]+", "-", root.name.lower()).strip("-") or "copy"
    return f"{word[:20]}-{digest(root)}"


def digest(path: Path) -> str:
    """Eight hexadecimal digits that stand for a path."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]


def data_folder(environ: Mapping[str, str], root: Path = ROOT) -> Path:
    """SAHEL_DATA, or the folder that suits the account: /var/lib for root, ~/.local/share for a person."""
    if environ.get("SAHEL_DATA"):
        return Path(environ["SAHEL_DATA"]).expanduser().resolve()
    if is_root():
        return Path("/var/lib/sahel-conflict-tracker") / copy_name(root)
    home = Path(environ.get("HOME") or Path.home())
    share = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return share / "sahel-conflict-tracker" / copy_name(root)


def short_folder(data: Path, name: str, environ: Mapping[str, str]) -> Path:
    """A folder for the socket of `name`: in the data folder if its path is short and plain, else a short one.

    Spaces, quotes and commas mean something else in addresses and in PostgreSQL's settings.
    """
    near = data / "sockets" / name
    if len(os.fsencode(near / SOCKET_NAME)) <= LONGEST_SOCKET and PLAIN.fullmatch(str(near)):
        return near
    return runtime_folder(environ) / f"sahel-{digest(data)}" / name


def runtime_folder(environ: Mapping[str, str]) -> Path:
    """Where the system keeps sockets of this account."""
    if is_root():
        return Path("/run")
    own = Path(environ.get("XDG_RUNTIME_DIR") or "/nonexistent")
    return own if own.is_dir() and len(os.fsencode(own)) < 40 else SHARED


@dataclass(frozen=True)
class Places:
    """The folders of one copy. `data` belongs to whoever starts it; its rooms to those who work in them."""

    data: Path
    environ: Mapping[str, str]

    def __post_init__(self) -> None:
        make_folder(self.data, mode=0o711)
        make_folder(self.logs, mode=0o700)

    @property
    def logs(self) -> Path:
        """Each process's output, and that of the steps."""
        return self.data / "log"

    @property
    def register(self) -> Path:
        """What runs at the moment."""
        return self.data / "running.json"

    @property
    def passwords(self) -> Path:
        """Generated secrets."""
        return self.data / "secrets.json"

    def sockets(self, name: str) -> Path:
        """The folder of one server's socket."""
        return short_folder(self.data, name, self.environ)

    def room(self, name: str, owner: Account, mode: int = 0o700) -> Path:
        """A folder in the data folder that belongs to `owner`, and that they can reach."""
        return self.owned(self.data / name, owner, mode)

    def socket_room(self, name: str, owner: Account, visitors: Account) -> Path:
        """The folder of a server's socket: `owner` may write there, the group of `visitors` may pass."""
        folder = self.sockets(name)
        make_folder(folder.parent, mode=0o711)
        return self.owned(folder, Account(owner.name, owner.uid, visitors.gid), 0o710, owner)

    def owned(self, folder: Path, owner: Account, mode: int, reader: Account | None = None) -> Path:
        """Make a folder with an owner; refuse one that its owner cannot reach."""
        make_folder(folder, mode, owner)
        if not (reader or owner).reaches(folder, "-w"):
            raise Refusal(
                f"The account {owner.name}, which works in {folder}, cannot reach it.",
                "Let it pass through the folders above (chmod o+x), or set SAHEL_DATA to another folder.",
            )
        return folder


def make_folder(folder: Path, mode: int, owner: Account | None = None) -> None:
    """Make a folder, or take over one of ours; a link or somebody else's folder is refused."""
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or not is_ours(found.st_uid, owner):
            raise Refusal(
                f"{folder} belongs to somebody else or is a link.", "Remove it, or set SAHEL_DATA elsewhere."
            )
        if owner and is_root():
            os.chown(folder, owner.uid, owner.gid)
        folder.chmod(mode)
    except OSError as error:
        raise Refusal(
            f"{folder} cannot be made: {error.strerror}.", "Set SAHEL_DATA to a folder you may write to."
        ) from error


def is_ours(uid: int, owner: Account | None) -> bool:
    """Root takes over what it finds; anybody else only what is theirs."""
    return is_root() or uid in {os.geteuid(), owner.uid if owner else os.geteuid()}


def remove(folder: Path) -> None:
    """Remove a folder and all in it, if it is there."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
