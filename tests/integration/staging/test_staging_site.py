"""The web application into its bucket, with what is said of each file."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from staging.__main__ import main
from tests.integration.staging.conftest import CREDENTIALS, REPOSITORY, SITE_BUCKET, STACK

ORIGIN = "https://abc.execute-api.us-east-1.amazonaws.com"


class Provider(BaseHTTPRequestHandler):
    """An identity provider, as far as it describes itself."""

    def do_GET(self) -> None:
        content = json.dumps({"token_endpoint": "https://tokens.example/token"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def metadata() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Provider) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/discovery"
        server.shutdown()
        thread.join()


def deployed(action: str, metadata: str) -> None:
    """Make or change the deployment lisa-dev, whose provider describes itself at an address."""
    # All of them: moto keeps no default for an update that leaves a value as it was.
    defaults = {name: one.get("Default", "") for name, one in STACK["Parameters"].items()}
    given = defaults | {"DeploymentName": "lisa-dev", "OidcMetadataUrl": metadata}
    parameters = [{"ParameterKey": key, "ParameterValue": value} for key, value in given.items()]
    act: Any = getattr(boto3.client("cloudformation"), action)
    act(StackName="lisa-dev", TemplateBody=json.dumps(STACK), Parameters=parameters)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, metadata: str) -> Iterator[Path]:
    """A clone with a build, and the deployment lisa-dev, which knows no web origin yet."""
    (tmp_path / "build" / "assets").mkdir(parents=True)
    (tmp_path / "build" / "assets" / "a-1.js").write_text("a")
    (tmp_path / "build" / "index.html").write_text('<script src="./env.js"></script>')
    (tmp_path / "frontend").mkdir()
    shutil.copy(REPOSITORY / "frontend" / "headers.json", tmp_path / "frontend")
    shutil.copy(REPOSITORY / "samconfig.toml", tmp_path)
    for name, value in (CREDENTIALS | {"STAGING_ROOT": str(tmp_path)}).items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        deployed("create_stack", metadata)
        yield tmp_path


def stored(name: str) -> Any:
    return boto3.client("s3").get_object(Bucket=SITE_BUCKET, Key=name)


def allowed_origin() -> str:
    (stack,) = boto3.client("cloudformation").describe_stacks(StackName="lisa-dev")["Stacks"]
    given = {one["ParameterKey"]: one["ParameterValue"] for one in stack["Parameters"]}
    return given["AllowedOrigin"]


@pytest.mark.promise("deployment.prebuilt-web")
def test_every_file_is_put_with_its_headers(root: Path) -> None:
    assert main(["site", str(root / "build")]) == 0
    page, script = stored("index.html"), stored("assets/a-1.js")
    assert page["Body"].read() == b'<script src="/v1/env.js"></script>'
    assert (page["CacheControl"], page["ContentType"]) == ("no-store", "text/html; charset=utf-8")
    assert script["CacheControl"] == "public, max-age=31536000, immutable"
    assert "no-store" in stored("env.js")["CacheControl"]
    policy = page["Metadata"]["content-security-policy"]
    assert policy == script["Metadata"]["content-security-policy"]
    assert "https://serve.example http://127.0.0.1:" in policy
    assert "https://tokens.example" in policy


def test_people_are_let_in_at_the_apis_own_address(root: Path) -> None:
    assert allowed_origin() == ""
    main(["site", str(root / "build")])
    assert allowed_origin() == ORIGIN


def test_a_provider_that_does_not_answer_is_named(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deployed("update_stack", "http://127.0.0.1:1/gone")
    assert main(["site", str(root / "build")]) == 1
    assert "http://127.0.0.1:1/gone could not be read" in capsys.readouterr().err
