"""What one edge worker carries: nothing that a request does not need."""

import os
import subprocess
import sys

from tests.support.sources import ROOT

# SDKs, web frameworks and cryptography: the desk, the lane and those that tell have them.
HEAVY = {"aiohttp", "boto3", "botocore", "cryptography", "jwt", "litellm", "pydantic", "uvicorn"}
PATHS = ("containers/gateway", "functions/identity/lib")


def test_an_edge_worker_carries_no_sdk_and_no_framework() -> None:
    program = "import sys, gateway.edge_process; print(*sys.modules)"
    path = os.pathsep.join(str(ROOT / folder) for folder in PATHS)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert HEAVY & set(ran.stdout.split()) == set()
