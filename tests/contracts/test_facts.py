"""Facts: what the classes say, the files say; what is told is heard; what was said stays true."""

import json

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from kernel.events import Fact, Received, envelope
from tests.event_contracts.generate import CONTRACTS, facts, path_of, text_of
from tests.support.facts import Rule, breaks, matches, published, rules, samples
from tests.support.lambdas import Function, all_functions, identifier
from tests.support.sources import ROOT
from tests.support.templates import Json

FACTS = [pytest.param(fact, id=fact.detail_type()) for fact in facts()]
RULES = [pytest.param(rule, id=rule.name) for rule in rules()]
CONSUMERS = [
    pytest.param(function, id=identifier(function))
    for function in all_functions()
    if hasattr(function.handler(), "consumes")
]
# Facts that this product does not act upon itself, and why they are told all the same.
FOR_OTHERS = {
    "configuration/ConfigurationChanged.v1": "An owner's own rule may tell people.",
    "identity/TokenCreated.v1": "An owner's own rule may keep a record of who was given access.",
    "identity/TokenRevoked.v1": "An owner's own rule may keep a record of who lost it.",
    "repositories/RepositoryCreated.v1": "An owner's own rule may tell people, or fill it.",
    "repositories/RepositoryRemoved.v1": "An owner's own rule may remove its database.",
    "repositories/CollectionRemoved.v1": "An owner's own rule may keep a record.",
    "repositories/DocumentIngested.v1": "An owner's own rule may tell whoever uploaded it.",
    "repositories/DocumentFailed.v1": "An owner's own rule may tell whoever uploaded it.",
    "repositories/DocumentRemoved.v1": "An owner's own rule may keep a record.",
    "models/ModelReady.v1": "An owner's own rule may tell people, or warm the model up.",
    "models/ModelRemoved.v1": "An owner's own rule may free the weights in the bucket.",
    "models/ModelStopped.v1": "An owner's own rule may tell people that it costs no more.",
    "models/ModelChangeFailed.v1": "An owner's own rule may tell the administrators.",
}
# What AWS says of itself: the shape is AWS's, so there is no contract of ours.
NOTICES = {
    "aws.s3/Object Created",
    "aws.s3/Object Deleted",
    "aws.states/Step Functions Execution Status Change",
}


def name_of(fact: type[Fact]) -> str:
    return f"{fact.source}/{fact.detail_type()}"


@pytest.mark.parametrize("fact", FACTS)
def test_a_facts_contract_is_the_one_that_its_class_generates(fact: type[Fact]) -> None:
    assert path_of(fact).read_text("utf-8") == text_of(fact), (
        "run python -m tests.event_contracts.generate"
    )
    Draft202012Validator.check_schema(json.loads(text_of(fact)))


def test_there_is_no_contract_or_sample_without_a_fact() -> None:
    assert set(CONTRACTS.glob("*/*.json")) == {path_of(fact) for fact in facts()}
    assert samples().keys() == {name_of(fact) for fact in facts()} | NOTICES


@pytest.mark.parametrize("fact", FACTS)
def test_a_facts_sample_is_one_that_its_class_could_have_told(fact: type[Fact]) -> None:
    sample = samples()[name_of(fact)]
    told = fact.model_validate(sample["detail"]["data"])
    detail = envelope(told, sample["detail"]["correlation_id"])
    schema = json.loads(path_of(fact).read_text("utf-8"))
    for one in (sample["detail"], json.loads(json.dumps(detail))):
        Draft202012Validator(schema).validate(one)
    assert detail["data"] == sample["detail"]["data"]
    assert (sample["source"], sample["detail-type"]) == (fact.source, fact.detail_type())
    assert detail.keys() == sample["detail"].keys()


def test_a_published_version_of_a_fact_never_changes_for_its_readers() -> None:
    found = {
        f"{path}: {reason}"
        for path, before in published()
        for reason in breaks(before, json.loads((ROOT / path).read_text("utf-8")))
    }
    assert not found, "\n".join(found)


class Before(BaseModel):
    """A fact's data as it was published."""

    model_id: str
    note: str | None = None


class Grown(Before):
    code: str | None = None


class Lost(BaseModel):
    model_id: str


class Retyped(Before):
    model_id: int  # type: ignore[assignment]


class Demanding(Before):
    note: str


class Relaxed(Before):
    model_id: str = ""


@pytest.mark.parametrize("data", [Lost, Retyped, Demanding, Relaxed])
def test_a_change_that_some_reader_would_notice_needs_a_new_version(
    data: type[BaseModel],
) -> None:
    assert breaks(schema_of(Before), schema_of(data))


def test_a_field_that_may_be_left_out_can_be_added_to_a_published_version() -> None:
    assert breaks(schema_of(Before), schema_of(Grown)) == []


def schema_of(data: type[BaseModel]) -> Json:
    schema: Json = Received[data].model_json_schema()  # type: ignore[valid-type]
    return schema


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_lets_some_fact_through(rule: Rule) -> None:
    assert rule.heard()


@pytest.mark.parametrize("consumer", CONSUMERS)
def test_a_consumer_reads_the_fact_that_its_rule_lets_through(consumer: Function) -> None:
    source, detail_type, reads = consumer.handler().consumes
    name = f"{source}/{detail_type}"
    detail = samples()[name]["detail"]
    assert [rule.heard() for rule in rules() if rule.function == consumer] == [[name]]
    assert reads.model_validate(detail if name in NOTICES else detail["data"])


def test_every_fact_is_heard_or_is_for_others() -> None:
    heard = {name for rule in rules() for name in rule.heard()}
    assert heard.isdisjoint(FOR_OTHERS)
    assert heard | FOR_OTHERS.keys() == samples().keys()


@pytest.mark.parametrize(
    ("pattern", "passes"),
    [
        ({"source": ["models"]}, True),
        ({"source": ["identity"]}, False),
        ({"detail-type": ["ModelFailed.v2"]}, False),
        ({"detail": {"data": {"code": ["Other", "WeightsMissing"]}}}, True),
        ({"detail": {"data": {"code": [{"anything-but": ["WeightsMissing"]}]}}}, False),
        ({"detail": {"data": {"secret": [{"exists": False}]}}}, True),
        ({"detail": {"data": {"model_id": [{"prefix": "mistral"}]}}}, True),
    ],
)
def test_a_pattern_means_here_what_it_means_to_the_bus(pattern: Json, passes: bool) -> None:
    assert matches(pattern, samples()["models/ModelFailed.v1"]) is passes
