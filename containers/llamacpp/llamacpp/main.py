"""From the environment to a served model, or to an exit code with a reason."""

import faulthandler
import signal
from pathlib import Path

from llamacpp import settings
from llamacpp.model_file import choose_model_file, needed
from llamacpp.server import serve
from llamacpp.settings import Settings
from serving.bucket import Weight, client
from serving.faults import CannotStart
from serving.fetch import fetch
from serving.start import explain


def main() -> int:
    # No handler for SIGTERM, nor for Ctrl-C: llama.cpp holds the interpreter while it loads, and
    # Python could run none. The system's own reaction ends the process at once, at any time.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faulthandler.enable()
    try:
        chosen = settings.load()
        serve(chosen, fetch_model_file(chosen))
    except CannotStart as reason:
        return explain(reason)
    return 0


def fetch_model_file(chosen: Settings) -> Path:
    """The one file that llama.cpp opens, with all that it needs beside it."""
    names = []

    def select(weights: list[Weight], location: str) -> list[Weight]:
        names.append(choose_model_file(weights, chosen.model_file, location))
        return needed(weights, names[0])

    folder = fetch(client(chosen.task), chosen.task, select)
    return folder / names[0]
