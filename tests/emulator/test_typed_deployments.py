"""What an administrator types to deploy and to remove, typed in an account that is the emulator."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.emulator.installation import belongings
from tests.emulator.running import REPOSITORY, Emulator

# An environment as others have it; the pool of people is asked where this account answers.
ENVIRONMENT = """
[{name}.deploy.parameters]
stack_name = "{name}"
region = "us-east-1"
resolve_s3 = true
capabilities = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
confirm_changeset = false
parameter_overrides = ["DeploymentName={name}", "CognitoEndpoint={url}"{more}]
"""
# With a domain in front nothing is deployed a second time to learn where it is. Here nobody could:
# a changed gateway is waited for, and no image of one is in this account.
MORE = {"typed": ', "AllowedOrigin=https://llm.example"', "byparts": ""}


@pytest.fixture
def clone(account: Emulator, built: str, tmp_path: Path) -> Path:
    """A clone with all that was built, and an environment for this account."""
    assert built
    folder = tmp_path / "clone"
    folder.mkdir()
    for one in REPOSITORY.iterdir():
        if one.name != "samconfig.toml":
            (folder / one.name).symlink_to(one)
    environments = [
        ENVIRONMENT.format(name=name, url=account.url, more=more) for name, more in MORE.items()
    ]
    text = (REPOSITORY / "samconfig.toml").read_text("utf-8")
    (folder / "samconfig.toml").write_text(text + "".join(environments))
    (folder / "dist" / "assets").mkdir(parents=True)
    (folder / "dist" / "assets" / "page-1.js").write_text("")
    (folder / "dist" / "index.html").write_text('<script src="./env.js"></script>')
    return folder


@pytest.fixture
def shell(account: Emulator, clone: Path) -> dict[str, str]:
    """The credentials and the region that AWS's command line would use."""
    return os.environ | {
        # The files of the clone are links, which lead out of it.
        "STAGING_ROOT": str(clone),
        "AWS_ENDPOINT_URL": account.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "SAM_CLI_TELEMETRY": "0",
    }


def typed(line: str, clone: Path, shell: dict[str, str], answer: str = "") -> str:
    """Run one line in the clone and return what it said, or fail with that."""
    ran = subprocess.run(
        line, shell=True, cwd=clone, env=shell, input=answer, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, f"{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}"
    return ran.stdout


@pytest.mark.promise("deployment.one-command", "deployment.prebuilt-layers", "deployment.removed")
def test_one_command_deploys_all_and_one_removes_it(
    account: Emulator, clone: Path, shell: dict[str, str]
) -> None:
    said = typed("make deploy ENVIRONMENT=typed BUILT=yes SITE=dist", clone, shell)
    assert parts(account, "typed") == "models,serve,rag,chat,ui"
    assert "The web application: " in said
    pages = account.client("s3").list_objects_v2(Bucket="typed-site-000000000000-us-east-1")
    assert {"index.html", "env.js"} <= {one["Key"] for one in pages["Contents"]}
    typed("make destroy ENVIRONMENT=typed", clone, shell, answer="typed\n")
    # What people made stays.
    assert {kind for kind, _ in belongings(account, "typed")} <= {"table", "bucket"}


def test_parts_come_one_after_the_other(
    account: Emulator, clone: Path, shell: dict[str, str]
) -> None:
    typed("make deploy ENVIRONMENT=byparts BUILT=yes STACK=chat", clone, shell)
    assert parts(account, "byparts") == "chat"
    typed("make deploy ENVIRONMENT=byparts BUILT=yes STACK=LisaUi SITE=dist", clone, shell)
    assert parts(account, "byparts") == "chat,ui"


def parts(account: Emulator, name: str) -> str:
    stack = account.client("cloudformation").describe_stacks(StackName=name)["Stacks"][0]
    told = {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}
    return str(told["InstalledParts"])
