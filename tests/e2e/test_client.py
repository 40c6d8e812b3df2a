"""`lisapy` and its command line against the running product, as the mission runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.e2e.client import listed
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


@pytest.mark.promise("clients.integration-test")
def test_the_missions_test_passes_on_the_whole_product(product: dict[str, Any]) -> None:
    said = mission_test(product["ui_url"], LISA_TOKEN=product["user"]["id_token"])
    assert "skipped" not in said


@pytest.mark.promise("clients.integration-test", "clients.self-signed")
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
    assert "7 passed, 6 skipped" in said


@pytest.fixture
def environment(product: dict[str, Any], tmp_path: Path) -> dict[str, str]:
    """Somebody's shell, with `lisa` on its path and the names that the README uses."""
    program = tmp_path / "lisa"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m lisapy.cli "$@"\n')
    program.chmod(0o755)
    return {
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "lisa-sdk"),
        "LISA_CONFIG": str(tmp_path / "profiles.json"),
        "LISA_CONSOLE": product["ui_url"],
        "USERNAME": product["admin"]["username"],
        "LISA_PASSWORD": product["admin"]["password"],
    }


def done(command: list[str], env: dict[str, str]) -> str:
    """Run a command, and return what it prints."""
    ran = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def blocks(kind: str) -> list[str]:
    text = (ROOT / "lisa-sdk/README.md").read_text("utf-8")
    return [block.split("\n```", 1)[0] for block in text.split(f"```{kind}\n")[1:]]


def test_what_the_readme_types_works(environment: dict[str, str], product: dict[str, Any]) -> None:
    (commands,) = [block for block in blocks("bash") if block.startswith("lisa login")]

    said = done(["sh", "-ex", "-c", commands], environment)

    assert "InService" in said
    assert "COMPLETED" in said
    (token,) = [line for line in said.splitlines() if line.startswith("lisa_")]
    assert listed(product, token)
    assert not json.loads(Path(environment["LISA_CONFIG"]).read_text())


def test_what_the_readme_programs_works(
    environment: dict[str, str], product: dict[str, Any]
) -> None:
    env = environment | {"LISA_TOKEN": product["token"]}
    waited, awaited = blocks("python")
    assert "Error" in done([sys.executable, "-c", waited], env)
    del env["LISA_TOKEN"]
    assert "tiny-chat" in done([sys.executable, "-c", awaited], env)


def test_a_token_of_the_command_line_is_ended_by_it(environment: dict[str, str]) -> None:
    lisa = ["lisa", "--url", environment["LISA_CONSOLE"]]
    done(["lisa", "login", lisa[2], "--username", environment["USERNAME"]], environment)
    made = json.loads(done(["lisa", "tokens", "create", "e2e cli", "--json"], environment))
    held = environment | {"LISA_TOKEN": made["token"]}
    assert json.loads(done([*lisa, "models", "list", "--json"], held))
    assert done([*lisa, "chat", "Hello", "--max-tokens", "5"], held).strip()

    done(["lisa", "tokens", "delete", made["tokenUUID"]], environment)

    rest = json.loads(done(["lisa", "tokens", "list", "--json"], environment))
    assert made["tokenUUID"] not in [token["tokenUUID"] for token in rest]
