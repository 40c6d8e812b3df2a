"""The staging program as people run it, beside an AWS and a hub that are real servers."""

import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from tests.integration.staging.hub import FakeHub, serving
from tests.support.moto_server import moto_server
from tests.support.processes import launching

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

REPOSITORY = Path(__file__).parents[3]
BUCKET, SITE_BUCKET = "lisa-dev-models", "lisa-dev-site"
STACK: dict[str, Any] = {
    "Parameters": {
        "DeploymentName": {"Type": "String"},
        "AllowedOrigin": {"Type": "String", "Default": ""},
        "OidcIssuer": {"Type": "String", "Default": ""},
        "OidcMetadataUrl": {"Type": "String", "Default": ""},
        "GroupsClaim": {"Type": "String", "Default": "cognito:groups"},
        "AdminGroup": {"Type": "String", "Default": "lisa-admins"},
        "RagAdminGroup": {"Type": "String", "Default": ""},
    },
    "Resources": {
        "Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": BUCKET}},
        "Site": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": SITE_BUCKET}},
    },
    "Outputs": {
        "InstalledParts": {"Value": "models,serve,rag,chat,ui"},
        "ModelsBucketName": {"Value": {"Ref": "Bucket"}},
        "SiteBucketName": {"Value": {"Ref": "Site"}},
        "DocumentsBucketName": {"Value": "lisa-dev-documents"},
        "PicturesBucketName": {"Value": "lisa-dev-pictures"},
        "ApiUrl": {"Value": "https://abc.execute-api.us-east-1.amazonaws.com/v1"},
        "ServeUrl": {"Value": "https://serve.example/v2/serve"},
        "OidcClientId": {"Value": "client"},
        "OidcScopes": {"Value": ""},
        "OidcIssuer": {"Value": "https://idp.example"},
        "OidcMetadataUrl": {"Value": {"Ref": "OidcMetadataUrl"}},
    },
}
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
}


@pytest.fixture(scope="session")
def interpreter() -> str:
    python = os.environ.get("STAGING_PYTHON", "")
    if not python:
        pytest.fail(
            "STAGING_PYTHON is not set. "
            "Set it to the output of: python3 -m local.toolchain --path staging"
        )
    return python


@pytest.fixture(scope="session")
def cloud_address() -> Iterator[str]:
    with moto_server() as address:
        yield address


@dataclass(frozen=True)
class Cloud:
    """An AWS with the deployment lisa-dev and its models bucket."""

    address: str
    s3: "S3Client"

    def content(self, model: str) -> dict[str, bytes]:
        """What lies in the bucket below a model's name."""
        listed = self.s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{model}/").get("Contents", [])
        return {item["Key"].removeprefix(f"{model}/"): self._read(item["Key"]) for item in listed}

    def _read(self, key: str) -> bytes:
        return self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()


@pytest.fixture
def cloud(cloud_address: str) -> Iterator[Cloud]:
    session = boto3.Session("testing", "testing", region_name="us-east-1")
    made = Cloud(
        cloud_address,
        session.client("s3", endpoint_url=cloud_address),
    )
    session.client("cloudformation", endpoint_url=cloud_address).create_stack(
        StackName="lisa-dev",
        TemplateBody=json.dumps(STACK),
        Parameters=[{"ParameterKey": "DeploymentName", "ParameterValue": "lisa-dev"}],
    )
    yield made
    request = urllib.request.Request(f"{cloud_address}/moto-api/reset", method="POST")
    urllib.request.urlopen(request, timeout=10).close()


@pytest.fixture
def hub() -> FakeHub:
    return FakeHub()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A clone as far as staging looks at it."""
    folder = tmp_path / "clone"
    folder.mkdir()
    shutil.copy(REPOSITORY / "samconfig.toml", folder)
    return folder


type Command = Callable[..., subprocess.Popen[str]]
type Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def begin(cloud: Cloud, hub: FakeHub, root: Path, interpreter: str) -> Iterator[Command]:
    """Starts the program; what still runs at the end is ended."""
    places = (".", "containers/staging", "containers/model", "layers/stacks")
    packages = (REPOSITORY / place for place in places)
    environment = CREDENTIALS | {
        "AWS_ENDPOINT_URL": cloud.address,
        "HF_HOME": str(root / "hub-cache"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HOME": str(root),
        "PATH": os.environ["PATH"],
        "PYTHONPATH": ":".join(map(str, packages)),
        "STAGING_ROOT": str(root),
    }
    with serving(hub) as endpoint, launching(cwd=root) as launch:

        def start(*words: str, **more: str) -> subprocess.Popen[str]:
            command = [interpreter, "-m", "staging", *words]
            return launch(command, environment | {"HF_ENDPOINT": endpoint} | more)

        yield start


@pytest.fixture
def run(begin: Command) -> Run:
    """Runs the program to its end; its words and its exit code are the answer."""

    def to_the_end(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        process = begin(*words, **more)
        said, _ = process.communicate(timeout=60)
        return subprocess.CompletedProcess(process.args, process.returncode, said, "")

    return to_the_end
