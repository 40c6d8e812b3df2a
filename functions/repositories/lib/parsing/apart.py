"""Files are read in a process of their own: what a file can end is that process and nothing else.

A library that crashes, hangs in one page or takes all memory cannot be stopped from within. The
child knows no credentials: it is given bytes, and answers with a document or a reason.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from dataclasses import asdict, astuple
from typing import Any

from parsing.errors import Unreadable
from parsing.limits import Limits
from parsing.reading import parse
from passages.document import Block, Document

# The child stops by itself where it can; beginning and ending are not counted by it.
_GRACE = 3.0
_USUAL = Limits()


class ReaderLost(Exception):  # noqa: N818  (what became of it)
    """The reading process ended for a reason that no file has: our packaging, or the machine."""


def parse_apart(name: str, content: bytes, limits: Limits = _USUAL) -> Document:
    """Read a file as `parse` does, in another process, within the limits of time and memory.

    Raise Unreadable for whatever a file can do to it, ReaderLost for what a file cannot.
    """
    order = json.dumps({"name": name, "limits": asdict(limits)})
    try:
        done = subprocess.run(  # noqa: S603  (our own module, by our own interpreter)
            [sys.executable, "-m", "parsing.apart"],
            input=order.encode() + b"\n" + content,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "LANG": "C.UTF-8"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds + _GRACE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_slow(limits.seconds) from None
    if done.returncode < 0:
        raise _crashed(-done.returncode)
    if done.returncode:
        raise ReaderLost(f"The reading process ended with status {done.returncode}.")
    return _answered(json.loads(done.stdout))


def _answered(answer: dict[str, Any]) -> Document:
    if "unreadable" in answer:
        raise Unreadable(*answer["unreadable"])
    if "fault" in answer:
        raise ReaderLost(f"The reading process met {answer['fault']}.")
    blocks, warnings = answer.pop("blocks"), answer.pop("warnings")
    return Document(**answer, blocks=tuple(Block(*one) for one in blocks), warnings=tuple(warnings))


def _too_slow(seconds: float) -> Unreadable:
    return Unreadable(
        "TookTooLong",
        f"Reading took longer than {seconds:g} seconds.",
        "Divide the file, or save it in a simpler format such as text.",
    )


def _crashed(number: int) -> Unreadable:
    return Unreadable(
        "Broken",
        f"The file ended the program that reads it ({signal.Signals(number).name}): it is damaged,"
        " or takes more memory than there is.",
        "Open it in the program that it comes from, save it anew, and upload that.",
    )


def _no_room() -> Unreadable:
    return Unreadable(
        "TooManyParts",
        "What the file holds takes more memory than there is for one file.",
        "Divide it into several files.",
    )


def main() -> None:
    """Read an order and a content from the parent, and write the answer."""
    order = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    limits = Limits(**order["limits"])
    resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
    # Nobody looks at the core of a process that a file has ended.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = json.dumps(_read(order["name"], content, limits))
    except MemoryError:
        answer = json.dumps(_refused(_no_room()))
    except Unreadable as why:
        answer = json.dumps(_refused(why))
    except ImportError as missing:
        answer = json.dumps({"fault": f"{type(missing).__name__} of {missing.name}"})
    sys.stdout.write(answer)


def _refused(why: Unreadable) -> dict[str, Any]:
    return {"unreadable": [why.code, why.message, why.fix]}


def _read(name: str, content: bytes, limits: Limits) -> dict[str, Any]:
    document = parse(name, content, limits)
    told = {"title": document.title, "media_type": document.media_type, "pages": document.pages}
    blocks = [astuple(block) for block in document.blocks]
    return told | {"blocks": blocks, "warnings": document.warnings}


if __name__ == "__main__":
    main()
