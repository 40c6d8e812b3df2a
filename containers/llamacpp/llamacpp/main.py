"""From the environment to a served model, or to an exit code with a reason."""

import faulthandler
import signal
import sys

import boto3

from llamacpp import settings, weights
from llamacpp.faults import CannotStart
from llamacpp.server import serve


def main() -> int:
    # No handler for SIGTERM, nor for Ctrl-C: llama.cpp holds the interpreter while it loads, and
    # Python could run none. The system's own reaction ends the process at once, at any time.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    faulthandler.enable()
    try:
        chosen = settings.load()
        model_file = weights.fetch(boto3.client("s3", region_name=chosen.region), chosen)
        serve(chosen, model_file)
    except CannotStart as reason:
        print(f"{type(reason).__name__}: {reason}", file=sys.stderr, flush=True)
        return reason.exit_code
    return 0
