"""What the documents tell an administrator to type on AWS is typed, in the emulator's account."""

import os
import subprocess
from pathlib import Path

import pytest

from local.toolchain.venvs import Toolchain
from tests.emulator.installation import belongings
from tests.emulator.running import REPOSITORY, Emulator
from tests.support.prose import commands, documents

DEPLOYING = "deploying.md"
BLOCKS = [block for path in documents() for block in commands(path) if block.place == "on AWS"]
# The pool of people is asked where this account answers. With a domain in front nothing is deployed
# a second time to learn where it is: a changed gateway is waited for, and here is no image of one.
OVERRIDES = """
parameter_overrides = ["DeploymentName=lisa-dev", "CognitoEndpoint={url}", "AllowedOrigin=https://llm.example"]
"""
ALL = "models,serve,rag,chat,ui"


@pytest.fixture
def clone(account: Emulator, built: str, tmp_path: Path) -> Path:
    """A clone, with parameters for this account, and pages that were built elsewhere."""
    assert built
    folder = tmp_path / "clone"
    folder.mkdir()
    for one in REPOSITORY.iterdir():
        if one.name != "samconfig.toml":
            (folder / one.name).symlink_to(one)
    text = (REPOSITORY / "samconfig.toml").read_text("utf-8")
    before = '\nparameter_overrides = ["DeploymentName=lisa-dev"]\n'
    assert before in text
    told = text.replace(before, OVERRIDES.format(url=account.url))
    (folder / "samconfig.toml").write_text(told)
    (folder / "dist" / "assets").mkdir(parents=True)
    (folder / "dist" / "assets" / "page-1.js").write_text("")
    (folder / "dist" / "index.html").write_text('<script src="./env.js"></script>')
    return folder


@pytest.fixture
def shell(account: Emulator, clone: Path) -> dict[str, str]:
    """The credentials, the region and the programs of whoever types."""
    programs = (str(Toolchain().programs("awscli")), os.environ["PATH"])
    return os.environ | {
        # The files of the clone are links, which lead out of it.
        "STAGING_ROOT": str(clone),
        "PATH": os.pathsep.join(programs),
        "AWS_ENDPOINT_URL": account.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "SAM_CLI_TELEMETRY": "0",
    }


def typed(text: str, clone: Path, shell: dict[str, str], answer: str = "") -> str:
    """Run what is typed in the clone and return what it said, or fail with that."""
    ran = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", text], cwd=clone, env=shell, input=answer,
        capture_output=True, text=True, timeout=400, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{text}\n{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}"
    return ran.stdout


@pytest.mark.promise("deployment.one-command", "deployment.removed")
def test_what_the_documents_tell_to_type_on_aws_deploys_and_removes(
    account: Emulator, clone: Path, shell: dict[str, str]
) -> None:
    [ways] = [block for block in BLOCKS if block.document.name == DEPLOYING]
    guided, deploy, part, given, destroy = ways.text.splitlines()

    # Every proposal is taken.
    typed(guided, clone, shell, answer="\n" * 100)
    assert parts(account, "lisa") == ALL
    assert "The web application: " in typed(deploy, clone, shell)
    assert parts(account, "lisa-dev") == ALL
    for block in BLOCKS:
        if block is not ways:
            typed(block.text, clone, shell)
    typed(part, clone, shell)
    typed(given, clone, shell)
    pages = account.client("s3").list_objects_v2(Bucket="lisa-dev-site-000000000000-us-east-1")
    assert {"index.html", "env.js", "assets/page-1.js"} <= {one["Key"] for one in pages["Contents"]}
    typed(destroy, clone, shell, answer="lisa-dev\n")
    # What people made stays; lines that a function sends as its last make their group anew.
    left = {kind for kind, _ in belongings(account, "lisa-dev")}
    assert left <= {"table", "bucket", "log group"}


def test_a_part_comes_to_an_installation_that_has_others(
    account: Emulator, clone: Path, shell: dict[str, str]
) -> None:
    text = (clone / "samconfig.toml").read_text("utf-8")
    (clone / "samconfig.toml").write_text(text.replace("lisa-dev", "by-parts"))
    deploy = "make deploy ENVIRONMENT=dev BUILT=yes SITE=dist STACK="
    typed(f"{deploy}chat", clone, shell)
    assert parts(account, "by-parts") == "chat"
    typed(f"{deploy}LisaUi", clone, shell)
    assert parts(account, "by-parts") == "chat,ui"


def parts(account: Emulator, name: str) -> str:
    stack = account.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    told = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
    return str(told["InstalledParts"])
