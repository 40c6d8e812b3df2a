"""A function that keeps answers, as far as the gateway can tell: it writes what it hears to files.

A message whose id says `stopped` is not awaited any more.
"""

import json
from pathlib import Path
from typing import Any

from tests.emulator.running import Emulator
from tests.integration.gateway.retrieving import make_function
from tests.integration.gateway.stage import NAME

FUNCTION = f"{NAME}-sessions-keep-answer"
CODE = """
import json, os, pathlib

def handler(event, context):
    if "answer" in event:
        draft = pathlib.Path(os.environ["KEPT"], event["message"] + ".draft")
        draft.write_text(json.dumps(event))
        draft.rename(draft.with_suffix(".json"))
    return {"awaited": not event["message"].startswith("stopped")}
"""


def make_keeper(emulator: Emulator, folder: Path) -> None:
    """Safe to repeat; what is kept lies in `folder`."""
    folder.mkdir(exist_ok=True)
    make_function(emulator, FUNCTION, CODE, KEPT=str(folder))


def kept(folder: Path, message: str) -> dict[str, Any] | None:
    """Return what the function heard of a message's answer, None if nothing."""
    path = folder / f"{message}.json"
    return json.loads(path.read_text()) if path.exists() else None
