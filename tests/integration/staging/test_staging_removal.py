"""What goes with a deployment is emptied, once somebody has said so and nothing stands on it."""

import io
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from staging.__main__ import main
from staging.faults import StagingFailed
from staging.removal import RENDERED, remove
from tests.integration.staging.conftest import CREDENTIALS, REPOSITORY, SITE_BUCKET, STACK
from tests.support.templates import paths, relative, template

if TYPE_CHECKING:
    from staging.place import Place

MODEL = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}}
TEMPLATES = "lisa-dev-templates"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A clone beside the deployment lisa-dev, with files in each bucket."""
    shutil.copy(REPOSITORY / "samconfig.toml", tmp_path)
    monkeypatch.setenv("STAGING_ROOT", str(tmp_path))
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    with mock_aws():
        deploy("create_stack")
        for bucket in (SITE_BUCKET, TEMPLATES, "lisa-dev-models"):
            boto3.client("s3").put_object(Bucket=bucket, Key="folder/file", Body=b"x")
        yield tmp_path


def deploy(action: str, protected: str = "false") -> None:
    bucket = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": TEMPLATES}}
    parameters: dict[str, Any] = {**STACK["Parameters"], "DeletionProtection": {"Type": "String"}}
    weights = {**STACK["Resources"]["Bucket"], "DeletionPolicy": "Retain"}
    document = {
        **STACK,
        "Parameters": parameters,
        "Resources": {**STACK["Resources"], "Bucket": weights, RENDERED: bucket},
    }
    given = {name: one.get("Default", "") for name, one in parameters.items()}
    given |= {"DeploymentName": "lisa-dev", "DeletionProtection": protected}
    act: Any = getattr(boto3.client("cloudformation"), action)
    act(
        StackName="lisa-dev",
        TemplateBody=json.dumps(document),
        Parameters=[{"ParameterKey": key, "ParameterValue": given[key]} for key in given],
    )


def removed(monkeypatch: pytest.MonkeyPatch, answer: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    return main(["remove", "--environment", "dev"])


def content(bucket: str) -> int:
    return int(boto3.client("s3").list_objects_v2(Bucket=bucket)["KeyCount"])


@pytest.mark.usefixtures("root")
def test_what_is_built_or_rendered_again_goes_and_weights_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    boto3.client("s3").put_bucket_versioning(
        Bucket=SITE_BUCKET, VersioningConfiguration={"Status": "Enabled"}
    )
    boto3.client("s3").put_object(Bucket=SITE_BUCKET, Key="folder/file", Body=b"newer")
    assert removed(monkeypatch, "lisa-dev\n") == 0
    left = {one["Name"] for one in boto3.client("s3").list_buckets()["Buckets"]}
    assert left == {"lisa-dev-models"}
    assert content("lisa-dev-models") == 1
    assert boto3.client("cloudformation").describe_stacks()["Stacks"] == []


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("answer", ["", "y\n", "lisa\n"])
def test_only_the_whole_name_is_a_yes(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    assert removed(monkeypatch, answer) == 1
    assert content(SITE_BUCKET) == 1


@pytest.mark.usefixtures("root")
@pytest.mark.parametrize("kind", ["model", "repository"])
def test_what_stands_on_it_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    boto3.client("cloudformation").create_stack(
        StackName=f"lisa-dev-{kind}-mine", TemplateBody=json.dumps(MODEL)
    )
    assert removed(monkeypatch, "lisa-dev\n") == 1
    assert f"lisa-dev-{kind}-mine" in capsys.readouterr().err
    assert content(SITE_BUCKET) == 1


@pytest.mark.usefixtures("root")
def test_what_is_protected_stays(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deploy("update_stack", "true")
    assert removed(monkeypatch, "lisa-dev\n") == 1
    assert "DeletionProtection=false" in capsys.readouterr().err
    assert content(SITE_BUCKET) == 1


def test_what_stands_in_the_way_of_the_removal_is_said() -> None:
    client = boto3.client("cloudformation", "us-east-1")
    at = datetime(2026, 12, 1, tzinfo=UTC)
    said = {
        "StackId": "1", "EventId": "1", "StackName": "lisa-dev", "Timestamp": at,
        "LogicalResourceId": "Site", "ResourceStatus": "DELETE_FAILED",
        "ResourceStatusReason": "The bucket is not empty",
    }  # fmt: skip
    stack = {"StackName": "lisa-dev", "CreationTime": at, "StackStatus": "DELETE_FAILED"}
    with Stubber(client) as stubbed:
        stubbed.add_response("delete_stack", {}, {"StackName": "lisa-dev"})
        stubbed.add_response("describe_stacks", {"Stacks": [stack]})
        stubbed.add_response("describe_stack_events", {"StackEvents": [said]})
        place = cast("Place", SimpleNamespace(cloudformation=client, stack_name="lisa-dev"))
        with pytest.raises(StagingFailed, match="Site: The bucket is not empty"):
            remove(place)


def test_every_bucket_that_goes_is_emptied() -> None:
    """By the templates: the site's, and those of rendered templates."""
    going = {
        (relative(path), name)
        for path in paths()
        for name, one in template(path)["Resources"].items()
        if one["Type"] == "AWS::S3::Bucket" and one.get("DeletionPolicy") != "Retain"
    }
    assert {path for path, name in going if name != RENDERED} == {"frontend/template.yaml"}
    assert len(going) == 3
