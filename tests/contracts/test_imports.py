"""Start-up is a budget: what importing an app.py loads decides how long its first caller waits."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.support.lambdas import Function, all_functions, identifier
from tests.support.sources import ROOT, budgets

FUNCTIONS = [pytest.param(function, id=identifier(function)) for function in all_functions()]
HEAVY = {"boto3", "botocore.client", "litellm", "opensearchpy", "pg8000", "numpy", "requests"}
# Runs in a fresh interpreter with nothing but the function's own layers on its path.
PROBE = """
import sys
sockets = []
sys.addaudithook(lambda name, _: sockets.append(name) if name.startswith("socket.") else None)
sys.path.insert(0, sys.argv[1])
before = len(sockets)
import app
loaded = list(sys.modules)
import json
print(json.dumps({"modules": loaded, "sockets": sockets, "entry": callable(app.handler)}))
"""


def imported(function: Function) -> dict[str, Any]:
    """What a fresh interpreter has loaded and done after importing the function."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(function.folder)],
        cwd=ROOT / "tests",
        env={"PYTHONPATH": ":".join(function.python_path()), "POWERTOOLS_TRACE_DISABLED": "true"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_loads_little_and_opens_nothing(function: Function) -> None:
    found = imported(function)
    assert found["entry"]
    assert HEAVY.isdisjoint(found["modules"])
    assert len(found["modules"]) < budgets()["imported_modules"]
    assert found["sockets"] == []
