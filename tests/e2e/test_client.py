"""`lisapy` and its command line against the running product, as the mission runs them."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.support.sources import ROOT
from tests.support.tls_front import certificate, fronted


def mission_test(url: str, *options: str, **env: str) -> str:
    """Run the integration test, and return what it says at its end."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LISA_")}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "lisa-sdk/tests", "-rs", "--url", url, *options]
        + ["-k", "installation"],
        cwd=ROOT,
        env=kept | env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_missions_test_passes_on_the_whole_product(product: dict[str, Any]) -> None:
    said = mission_test(product["ui_url"], LISA_TOKEN=product["user"]["id_token"])
    assert "skipped" not in said


def test_the_missions_test_passes_on_a_gateway_with_a_certificate_of_its_own(
    product: dict[str, Any], tmp_path: Path
) -> None:
    address = urlsplit(product["serve_url"])
    assert address.port
    file = certificate(tmp_path)
    with fronted(address.port, file, asked=False) as port:
        url = f"https://127.0.0.1:{port}{address.path}"
        said = mission_test(url, "--verify", str(file), LISA_TOKEN=product["token"])
    # Those of the admin API, which the test above did not skip.
    assert "7 passed, 5 skipped" in said
