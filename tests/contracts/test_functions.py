"""Every Lambda function: one folder, one template, one name, a log that ends, nothing lost."""

from collections import Counter
from typing import Any

import pytest

from tests.support.lambdas import Function, all_functions, apps, identifier
from tests.support.sources import ROOT
from tests.support.templates import FUNCTION, Json, children, paths, resource_behind, resources

FUNCTIONS = [pytest.param(function, id=identifier(function)) for function in all_functions()]
# What API Gateway waits for at most.
PATIENCE = 29
STREAMS = ("DynamoDB", "Kinesis")


def events(function: Function, *kinds: str) -> list[Json]:
    declared = function.properties.get("Events", {}).values()
    return [event["Properties"] for event in declared if event["Type"] in kinds]


def test_every_app_is_named_by_exactly_one_function() -> None:
    named = Counter(function.folder / "app.py" for function in all_functions())
    assert named == Counter(apps())


def test_every_folder_of_a_service_is_a_function_or_its_library() -> None:
    folders = {path for path in ROOT.glob("functions/*/*/") if (path / "app.py").exists()}
    for folder in folders:
        names = {path.name for path in folder.iterdir()} - {"__pycache__"}
        assert names == {"app.py"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_called_what_its_folder_is_called(function: Function) -> None:
    folder = function.folder.name
    assert function.name == f"{function.service}-{folder.replace('_', '-')}"
    assert function.logical_id == folder.title().replace("_", "")
    assert function.properties["Handler"] == "app.handler"
    assert callable(function.handler())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_is_declared_in_a_template_of_its_service(function: Function) -> None:
    # The steps of workflows are declared beside these.
    homes = [ROOT / home / function.service for home in ("functions", "statemachines")]
    assert function.template.parent in homes
    assert function.properties["Runtime"] == "python3.12"
    assert function.properties["Tracing"] == "Active"


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_functions_log_is_json_and_is_kept_for_a_time(function: Function) -> None:
    logging = function.properties["LoggingConfig"]
    _, group = resource_behind(function.template, logging["LogGroup"]) or (None, {})
    assert logging["LogFormat"] == "JSON"
    assert group["Type"] == "AWS::Logs::LogGroup"
    assert "RetentionInDays" in group["Properties"]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_function_that_people_wait_for_answers_in_time(function: Function) -> None:
    handler = function.handler()
    authorizes = function.name == "identity-authorize"
    if hasattr(handler, "contract") or authorizes:
        assert function.properties["Timeout"] <= PATIENCE
    assert "Timeout" in function.properties


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_a_function_cannot_handle_of_a_stream_is_kept(function: Function) -> None:
    for stream in events(function, *STREAMS):
        destination = stream["DestinationConfig"]["OnFailure"]
        assert queue(function, destination["Destination"])
        assert stream["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        # By default a change is tried for as long as the stream keeps it, and holds up the rest.
        assert {"MaximumRetryAttempts", "MaximumRecordAgeInSeconds"} & stream.keys()
        sends = [one for one in function.allowed() if one["Action"] == "sqs:SendMessage"]
        assert destination.get("Type") == "SQS" or sends


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_fact_that_a_function_cannot_handle_is_kept(function: Function) -> None:
    if events(function, "EventBridgeRule"):
        kept = function.properties["DeadLetterQueue"]
        assert kept["Type"] == "SQS"
        assert queue(function, kept["TargetArn"])


def queue(function: Function, value: Any) -> bool:
    found = resource_behind(function.template, value)
    return found is not None and found[1]["Type"] == "AWS::SQS::Queue"


def test_no_template_of_a_container_hides_a_function() -> None:
    homes = {path.parent.parent.name for path in paths() if resources(path, FUNCTION)}
    assert homes == {"functions", "statemachines"}


def test_every_service_is_part_of_the_product() -> None:
    assert {function.template for function in all_functions()} <= {one.path for one in children()}
