"""What is written down ends in its time, what people made can be had back, and all is traced."""

from pathlib import Path

import pytest

from tests.support.lambdas import Function, all_functions, identifier
from tests.support.templates import (
    WORKFLOW,
    Json,
    Keys,
    paths,
    relative,
    resource_behind,
    template,
    walk,
)

LOG_GROUP, TABLE, BUCKET = "AWS::Logs::LogGroup", "AWS::DynamoDB::Table", "AWS::S3::Bucket"
DATABASES = ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster")
API = "AWS::Serverless::Api"


def of_kind(kind: str) -> list[tuple[Path, str, Json]]:
    """Every resource of a kind, whole: with what becomes of it when its stack goes."""
    return [
        (path, name, one)
        for path in paths()
        for name, one in template(path)["Resources"].items()
        if one["Type"] == kind
    ]


def named(kind: str) -> list[object]:
    return [
        pytest.param(path, name, one, id=f"{relative(path)}: {name}")
        for path, name, one in of_kind(kind)
    ]


def log_drivers(path: Path) -> list[tuple[Keys, Json]]:
    return [
        (keys, part)
        for keys, part in walk(template(path))
        if keys[-1:] == ("LogConfiguration",) and isinstance(part, dict)
    ]


CONTAINERS = [
    pytest.param(path, part, id=relative(path)) for path in paths() for _, part in log_drivers(path)
]
# Made again from what lies elsewhere: templates from the package, the page from the build.
MADE_AGAIN = {"functions/models/storage.yaml", "statemachines/repositories/infrastructure.yaml"}
# What people delete there is to be gone, and nothing is ever written over.
NEVER_WRITTEN_OVER = {"functions/sessions/template.yaml"}


@pytest.mark.parametrize(("path", "name", "group"), named(LOG_GROUP))
def test_a_log_ends(path: Path, name: str, group: Json) -> None:
    assert "RetentionInDays" in group["Properties"], f"{name} is kept for ever"


@pytest.mark.parametrize("function", all_functions(), ids=identifier)
def test_a_function_writes_to_a_log_of_ours(function: Function) -> None:
    found = resource_behind(function.template, function.properties["LoggingConfig"]["LogGroup"])
    assert found is not None
    assert found[1]["Type"] == LOG_GROUP


@pytest.mark.parametrize(("path", "container"), CONTAINERS)
def test_a_container_writes_to_a_log_of_ours(path: Path, container: Json) -> None:
    assert container["LogDriver"] == "awslogs"
    found = resource_behind(path, container["Options"]["awslogs-group"])
    assert found is not None
    assert found[1]["Type"] == LOG_GROUP


@pytest.mark.parametrize(("path", "name", "api"), named(API))
def test_the_api_is_logged_and_traced(path: Path, name: str, api: Json) -> None:
    found = resource_behind(path, api["Properties"]["AccessLogSetting"]["DestinationArn"])
    assert found is not None
    assert found[1]["Type"] == LOG_GROUP
    assert api["Properties"]["TracingEnabled"] is True, name


@pytest.mark.parametrize("function", all_functions(), ids=identifier)
def test_a_function_is_traced(function: Function) -> None:
    assert function.properties["Tracing"] == "Active"


@pytest.mark.parametrize(("path", "name", "workflow"), named(WORKFLOW))
def test_a_workflow_is_traced(path: Path, name: str, workflow: Json) -> None:
    assert workflow["Properties"]["Tracing"] == {"Enabled": True}, name


@pytest.mark.parametrize(("path", "name", "table"), named(TABLE))
def test_a_table_can_be_had_back_as_it_was_at_any_second(
    path: Path, name: str, table: Json
) -> None:
    kept = table["Properties"]["PointInTimeRecoverySpecification"]
    assert kept["PointInTimeRecoveryEnabled"] is True, name
    # Two counters, which every change moves on.
    counters = relative(path) == "containers/template.yaml"
    assert table.get("UpdateReplacePolicy") == ("Retain" if not counters else None)


@pytest.mark.parametrize(("path", "name", "bucket"), named(BUCKET))
def test_what_is_written_over_in_a_bucket_can_be_had_back(
    path: Path, name: str, bucket: Json
) -> None:
    versions = bucket["Properties"].get("VersioningConfiguration", {}).get("Status")
    excused = relative(path) in MADE_AGAIN | NEVER_WRITTEN_OVER
    assert (versions == "Enabled") != excused, name
    if relative(path) not in MADE_AGAIN and "frontend" not in relative(path):
        assert bucket["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize(
    ("path", "name", "database"), [one for kind in DATABASES for one in named(kind)]
)
def test_a_database_leaves_a_snapshot_and_is_backed_up(
    path: Path, name: str, database: Json
) -> None:
    assert database["DeletionPolicy"] == "Snapshot", name
    assert database["UpdateReplacePolicy"] == "Snapshot"
    assert database["Properties"]["BackupRetentionPeriod"] >= 7


def test_there_is_something_of_each() -> None:
    assert all(of_kind(kind) for kind in (LOG_GROUP, TABLE, BUCKET, WORKFLOW, API, DATABASES[0]))
    assert CONTAINERS
