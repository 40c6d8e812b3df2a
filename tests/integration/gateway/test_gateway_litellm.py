"""LiteLLM as the lane sets it up, in the lane's own environment."""

import os
import subprocess
import sys

import pytest

from tests.support.sources import ROOT

TELEMETRY = "import gateway.lane.models, litellm; print(litellm.telemetry)"


@pytest.mark.promise("providers.no-telemetry")
def test_it_reports_to_nobody() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "local.toolchain", "--run", "gateway", "python", "-c", TELEMETRY],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "containers/gateway:functions/identity/lib"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.split()[-1] == "False"
