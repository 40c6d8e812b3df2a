"""Python functions run as on AWS."""

import base64
import io
import json
import time
import zipfile
from pathlib import Path
from typing import Any

from tests.emulator.running import Emulator, eventually, interpreter

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": ["lambda.amazonaws.com", "states.amazonaws.com"]},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)
CODE = """
import os, sys, time

class OutOfStock(Exception):
    pass

calls = 0

def handler(event, context):
    global calls
    calls += 1
    if event.get("fail"):
        raise OutOfStock("none left")
    time.sleep(event.get("sleep", 0))
    layered = __import__("layered").VALUE if event.get("layer") else None
    return {
        "calls": calls, "pid": os.getpid(), "host": os.environ.get("HOST_SECRET"),
        "python": sys.prefix, "layer": layered, "own": os.environ.get("OWN"),
        "endpoint": os.environ["AWS_ENDPOINT_URL"], "task_root": sys.path[0],
    }
"""


def prefix(python: str) -> str:
    return str(Path(python).parents[1])


def zipped(name: str, content: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def make_role(emulator: Emulator) -> str:
    iam = emulator.client("iam")
    roles = {role["RoleName"]: role["Arn"] for role in iam.list_roles()["Roles"]}
    if "runner" not in roles:
        iam.create_role(RoleName="runner", AssumeRolePolicyDocument=TRUST)
    return str(iam.get_role(RoleName="runner")["Role"]["Arn"])


def make_function(emulator: Emulator, name: str, code: str = CODE, **settings: Any) -> str:
    emulator.client("lambda").create_function(
        FunctionName=name,
        Runtime="python3.12",
        Handler="app.handler",
        Role=make_role(emulator),
        Code={"ZipFile": zipped("app.py", code)},
        Environment={"Variables": {"OWN": "value"}},
        **{"Timeout": 20, **settings},
    )
    return name


def test_plain_hides_the_type_of_an_exception(plain: Emulator) -> None:
    function = make_function(plain, "typed")

    assert plain.invoke(function, {"fail": True})["errorType"] == "Runtime.HandlerError"


def test_an_exception_keeps_its_type_and_the_process_stays_warm(ours: Emulator) -> None:
    function = make_function(ours, "typed")
    first = ours.invoke(function, {})
    failure = ours.invoke(function, {"fail": True})
    second = ours.invoke(function, {})

    assert (failure["errorType"], failure["errorMessage"]) == ("OutOfStock", "none left")
    assert failure["stackTrace"]
    assert (second["pid"], second["calls"]) == (first["pid"], 3)


def test_a_function_that_cannot_be_loaded_says_why(ours: Emulator) -> None:
    function = make_function(ours, "broken", code="import not_there")

    failure = ours.invoke(function, {})
    assert failure["errorType"] == "Runtime.ImportModuleError"
    assert "not_there" in failure["errorMessage"]


def test_plain_runs_functions_on_its_own_interpreter(plain: Emulator) -> None:
    function = make_function(plain, "where")

    assert plain.invoke(function, {})["python"] == prefix(interpreter("emulator"))


def test_a_function_sees_its_runtime_and_environment_and_no_other(ours: Emulator) -> None:
    function = make_function(ours, "where")

    seen = ours.invoke(function, {})
    assert seen["python"] == prefix(interpreter("lambda"))
    assert (seen["own"], seen["host"]) == ("value", None)
    assert seen["endpoint"] == ours.url


def test_a_layer_is_unpacked_once_and_its_content_is_importable(ours: Emulator) -> None:
    content = zipped("python/layered.py", "VALUE = 'from the layer'")
    layer = ours.client("lambda").publish_layer_version(
        LayerName="layer", Content={"ZipFile": content}
    )
    for name in ("layered-a", "layered-b"):
        function = make_function(ours, name, Layers=[layer["LayerVersionArn"]])
        assert ours.invoke(function, {"layer": True})["layer"] == "from the layer"

    unpacked = ours.folder / "state" / "unpacked" / "layers"
    assert len(list(unpacked.iterdir())) == 1


def selling(function: str) -> str:
    sell = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": function, "Payload": {"fail": True}},
        "Catch": [{"ErrorEquals": ["OutOfStock"], "Next": "Order"}],
        "End": True,
    }
    order = {"Type": "Pass", "Result": "ordered", "End": True}
    return json.dumps({"StartAt": "Sell", "States": {"Sell": sell, "Order": order}})


def test_state_machines_catch_a_function_by_the_name_of_its_exception(ours: Emulator) -> None:
    definition = selling(make_function(ours, "caught"))
    states, role = ours.client("stepfunctions"), make_role(ours)
    machine = states.create_state_machine(name="shop", definition=definition, roleArn=role)
    execution = states.start_execution(stateMachineArn=machine["stateMachineArn"])["executionArn"]

    def finished() -> Any:
        found = states.describe_execution(executionArn=execution)
        return found if found["status"] != "RUNNING" else None

    assert eventually(finished)["output"] == '"ordered"'


def fastest_warm_call(emulator: Emulator) -> float:
    function = make_function(emulator, "quick")
    durations = []
    for _ in range(15):
        started = time.perf_counter()
        emulator.invoke(function, {})
        durations.append(time.perf_counter() - started)
    return min(durations)


def test_a_warm_call_does_not_wait_for_a_log_as_plain_does(plain: Emulator, ours: Emulator) -> None:
    assert fastest_warm_call(ours) + 0.025 < fastest_warm_call(plain)


def test_the_log_of_a_call_is_returned_on_request(ours: Emulator) -> None:
    function = make_function(ours, "logged", code="def handler(e, c): print('seen', e)")
    answer = ours.client("lambda").invoke(FunctionName=function, LogType="Tail", Payload=b'"hello"')

    assert "seen hello" in base64.b64decode(answer["LogResult"]).decode()
