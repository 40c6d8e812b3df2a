"""Word of a changed pipeline reaches the queue of scans, by the rule as it is deployed."""

import json
from typing import Any

from ingestion.facts import PipelineChanged
from ingestion.messages import Stretch
from kernel.events import envelope
from tests.emulator.running import Emulator, eventually
from tests.support.sources import ROOT
from tests.support.templates import template

SCANNING = ROOT / "statemachines/repositories/scanning.yaml"
OURS = ("Scans", "ScansPolicy", "ChangedRule")


def queue_and_rule() -> str:
    """The part of the template that has no function, with what it is given."""
    known = template(SCANNING)["Resources"]
    kept: dict[str, Any] = {name: known[name] for name in OURS}
    given = {
        "DeploymentName": {"Type": "String", "Default": "scanned"},
        "BusName": {"Type": "String", "Default": "scanned-bus"},
        "UnacceptedArn": {"Type": "String"},
        "UndeliveredArn": {"Type": "String"},
    }
    return json.dumps({"Parameters": given, "Resources": kept})


def test_a_changed_pipeline_is_a_stretch_of_the_queue(ours: Emulator) -> None:
    events, sqs = ours.client("events"), ours.client("sqs")
    events.create_event_bus(Name="scanned-bus")
    sqs.create_queue(QueueName="scanned-dead")
    dead = "arn:aws:sqs:us-east-1:000000000000:scanned-dead"
    ours.deploy("scanned", queue_and_rule(), UnacceptedArn=dead, UndeliveredArn=dead)
    fact = PipelineChanged(repository_id="team-docs", bucket="inbox", prefix="hand book/ä/")
    entry = {
        "EventBusName": "scanned-bus",
        "Source": fact.source,
        "DetailType": fact.detail_type(),
        "Detail": json.dumps(envelope(fact, "test")),
    }
    events.put_events(Entries=[entry])
    url = sqs.get_queue_url(QueueName="scanned-repositories-scans")["QueueUrl"]
    [message] = eventually(lambda: sqs.receive_message(QueueUrl=url).get("Messages"))
    told = Stretch.model_validate_json(message["Body"])
    assert (told.repository_id, told.bucket, told.prefix) == ("team-docs", "inbox", "hand book/ä/")
    assert (told.after, told.daily) == ("", False)
