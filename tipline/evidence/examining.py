"""Has a file looked at by a child process, and takes what the child says and makes with the same suspicion."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tipline.evidence.rules import CAN_BE_CLEANED, Fault, FileType
from tipline.kit.cabinet import Tray
from tipline.kit.vault import CHUNK

HOUSE = Path(__file__).resolve().parents[2]
PATIENCE = 40
START = (
    # The package is named without running its doorway, which would build the whole house inside the child.
    "import sys, types; house = types.ModuleType('tipline'); house.__path__ = [sys.argv[1]]; "
    "sys.modules['tipline'] = house; from tipline.evidence import bench; "
    "bench.main(sys.argv[2], sys.argv[3] == 'copy', int(sys.argv[4]))"
)
FAULTS = {fault.value: fault for fault in Fault}
_one_at_a_time = threading.BoundedSemaphore(1)
"""In each web worker one child at most, however many files come in at once."""


class Examined:
    """What came of looking at a file: a fault, or nothing and perhaps a clean copy on a tray of its own."""

    def __init__(self, fault: Fault | None, clean_copy: Tray | None = None) -> None:
        self.fault, self.clean_copy = fault, clean_copy


def examine(tray: Tray, kind: FileType, new_tray: Callable[[], Tray]) -> Examined:
    """Look whether the file is what its name says, and make its clean copy where there can be one.

    A child that dies, hangs or says anything else while it looks means that the file is not taken; one that dies
    while it makes the copy means that there is no copy.
    """
    with _one_at_a_time, _memory(tray.read()) as given, _memory(()) as made:
        words = _ask_child(given, kind, made)
        if not words or words[0]:
            return Examined(FAULTS.get("".join(words[:1]), Fault.BROKEN))
        return Examined(None, _filled(new_tray(), made) if words[1:] == ["copied"] else None)


def _ask_child(given: int, kind: FileType, made: int) -> list[str]:
    manner = "copy" if kind in CAN_BE_CLEANED else "look"
    command = [sys.executable, "-I", "-c", START, str(HOUSE / "tipline"), kind.value, manner, str(made)]
    with subprocess.Popen(  # noqa: S603 (our own program, without a shell; the file comes on its input)
        command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, pass_fds=(made,), env={}, cwd="/"
    ) as child:
        try:
            told, _ = child.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            told, _ = child.communicate()
    return told.decode("ascii", "replace").splitlines()


@contextmanager
def _memory(pieces: Iterable[bytes]) -> Iterator[int]:
    """A file that exists in memory only and has no name, filled with these pieces."""
    handle = os.memfd_create("file", os.MFD_CLOEXEC)
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(handle, rest) :]
        os.lseek(handle, 0, os.SEEK_SET)
        yield handle
    finally:
        os.close(handle)


def _filled(tray: Tray, made: int) -> Tray:
    os.lseek(made, 0, os.SEEK_SET)
    while piece := os.read(made, CHUNK):
        tray.write(piece)
    tray.seek(0)
    return tray
