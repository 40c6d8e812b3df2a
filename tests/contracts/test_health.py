"""Health looks at all that there is, under the name that the product has."""

import json
import tomllib
from itertools import chain

from health.settings import VERSION
from health.wiring import DEAD_LETTERS, TABLES
from tests.operations_template.things import things
from tests.support.lambdas import all_functions
from tests.support.routes import mocks
from tests.support.sources import ROOT

(FUNCTION,) = (one for one in all_functions() if one.name == "health-check-health")


def test_every_table_is_looked_at() -> None:
    assert sorted(chain(*TABLES.values())) == sorted(things()["table"])


def test_every_dead_letter_queue_is_looked_at() -> None:
    queues = sorted(chain(*DEAD_LETTERS.values()))
    assert queues == sorted(things()["dead-letter"])
    allowed = str([one for one in FUNCTION.allowed() if "sqs:GetQueueUrl" in one["Action"]])
    assert all(f"${{DeploymentName}}-{queue}" in allowed for queue in queues)


def test_no_row_of_anybody_can_be_read() -> None:
    (reading,) = (one for one in FUNCTION.allowed() if one["Action"] == "dynamodb:GetItem")
    condition = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["health-check"]}}
    assert reading["Condition"] == condition


def test_the_version_is_the_products() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == VERSION


def test_what_is_said_to_everybody_is_this() -> None:
    (route,) = mocks()
    assert str(route) == "GET /health"
    assert route.operation["security"] == []
    told = route.integration["responses"]["default"]["responseTemplates"]["application/json"]
    assert json.loads(told["Fn::Sub"]) == {
        "status": "ok",
        "product": "LISA",
        "version": VERSION,
        "deployment": "${DeploymentName}",
    }
