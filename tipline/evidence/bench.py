"""The child process in which a stranger's file is looked at: no keys, no database, little memory, little time.

It is given the file on its input, the file's kind and the number of the handle into which a clean copy goes.
It answers in two lines: what is wrong with the file ("" for nothing), and whether the copy was made.
"""

import os
import resource
import sys

MEMORY = 768 * 1024 * 1024
SECONDS = 20
LARGEST = 128 * 1024 * 1024
SHORT = 16


def limit() -> None:
    """What the process may use from here on, whatever the file makes of it."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def main(kind: str, wanted: bool, handle: int) -> None:
    """Look, answer, and make the copy."""
    from tipline.evidence import sniffing, stripping

    limit()
    content = sys.stdin.buffer.read()
    fault = sniffing.fault_of(kind, content)
    print(fault, flush=True)
    if fault or not wanted:
        return
    with os.fdopen(handle, "wb") as out:
        out.write(stripping.strip(kind, content))
    print("copied", flush=True)
