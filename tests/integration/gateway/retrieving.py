"""A function that searches, as far as the gateway can tell: it answers by the repository's name."""

import io
import json
import zipfile

from tests.emulator.running import Emulator
from tests.integration.gateway.stage import NAME

FUNCTION = f"{NAME}-repositories-retrieve-passages"
TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": "sts:AssumeRole",
            }
        ],
    }
)
# Its prompt repeats what it was asked, so that a test can look for it at the model.
CODE = """
import json, time

def passage(number):
    return {
        "number": number, "documentId": f"d{number}", "title": f"Doc {number}",
        "source": f"s3://documents/{number}", "headings": ["Leave"], "pages": [number, number],
        "score": 1 / number, "text": f"Secret text {number}",
    }

def fault(name, status):
    return {"error": name, "message": "The cause. What to do.", "status": status}

def handler(event, context):
    caller, name = event["caller"], event["repositoryId"]
    open_to = {"closed": ["physicists"], "handbook": caller["groups"]}.get(name)
    if name == "slow":
        time.sleep(1.5)
    if name == "broken":
        raise RuntimeError(event["query"])
    if name == "store-down":
        return fault("StoreFailedError", 500)
    if open_to is None or not (name == "handbook" or caller["admin"] or
                               set(open_to) & set(caller["groups"])):
        return fault("RepositoryNotFoundError", 404)
    passages = [passage(number + 1) for number in range(event["topK"])]
    return {"passages": passages, "prompt": json.dumps({"asked": event, "texts": passages})}
"""


def make_function(
    emulator: Emulator, name: str = FUNCTION, code: str = CODE, **environment: str
) -> None:
    """Safe to repeat."""
    functions, iam = emulator.client("lambda"), emulator.client("iam")
    known = {one["FunctionName"] for one in functions.list_functions()["Functions"]}
    if name in known:
        return
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("app.py", code)
    functions.create_function(
        FunctionName=name,
        Runtime="python3.12",
        Handler="app.handler",
        Role=role,
        Code={"ZipFile": buffer.getvalue()},
        Timeout=10,
        Environment={"Variables": environment},
    )
