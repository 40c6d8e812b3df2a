"""The table of versions, and what is switched off by it: one suite for DynamoDB and for memory."""

from datetime import UTC, datetime

import pytest

from configuration.adapters.dynamo import DynamoVersions
from configuration.payload import Configuration
from configuration.ports import TakenError, Versions
from configuration.version import ConfigurationVersion
from kernel.switches import DynamoSwitches, FeatureOffError, Switches, require
from tests.integration.configuration.conftest import TABLE
from tests.support.configuration_world import InMemoryVersions
from tests.support.switching import InMemorySwitches

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
type World = tuple[Versions, Switches]


@pytest.fixture(params=["memory", "dynamo"])
def world(request: pytest.FixtureRequest) -> World:
    if request.param == "memory":
        kept = InMemoryVersions()
        return kept, InMemorySwitches(further=kept.switched_off)
    request.getfixturevalue("aws")
    return DynamoVersions(TABLE), DynamoSwitches(TABLE)


def version(number: int, **switches: bool) -> ConfigurationVersion:
    configuration = Configuration.model_validate({"enabledComponents": switches})
    return ConfigurationVersion(
        version_id=number, configuration=configuration, changed_by="ada", created_at=NOON
    )


def test_the_newest_comes_first_and_is_as_it_was_added(world: World) -> None:
    versions, _ = world
    assert versions.newest() == []
    for number in range(1, 12):
        versions.add(version(number, viewMetaData=number % 2 == 0))
    assert versions.newest(2) == [version(11, viewMetaData=False), version(10)]
    assert [one.version_id for one in versions.newest()] == list(range(11, 0, -1))


def test_of_a_number_there_is_one_version(world: World) -> None:
    versions, _ = world
    versions.add(version(1))
    with pytest.raises(TakenError):
        versions.add(version(1, viewMetaData=False))
    assert versions.newest() == [version(1)]


def test_a_switch_is_what_the_newest_version_says(world: World) -> None:
    versions, switches = world
    assert not switches.off("viewMetaData")
    versions.add(version(1, viewMetaData=False))
    assert switches.off("viewMetaData")
    assert not switches.off("editKwargs")
    assert not switches.off("somethingElse")
    versions.add(version(2))
    assert not switches.off("viewMetaData")


def test_what_is_off_is_refused_in_words(world: World) -> None:
    versions, switches = world
    require(switches, "viewMetaData", "the view of numbers")
    versions.add(version(1, viewMetaData=False))
    with pytest.raises(FeatureOffError, match="has switched the view of numbers off") as refusal:
        require(switches, "viewMetaData", "the view of numbers")
    assert refusal.value.status == 403


@pytest.mark.usefixtures("aws")
def test_where_there_is_no_configuration_nothing_is_off() -> None:
    assert not DynamoSwitches("another-deployments-table").off("viewMetaData")


@pytest.mark.usefixtures("aws")
def test_a_version_of_a_later_release_is_still_read(aws: object) -> None:
    DynamoVersions(TABLE).add(version(1))
    later = {"enabledComponents": {"M": {"flying": {"BOOL": True}}}, "planes": {"S": "two"}}
    row = {"configScope": {"S": "global"}, "versionId": {"N": "2"}, "configuration": {"M": later}}
    aws.put_item(TableName=TABLE, Item=row)  # type: ignore[attr-defined]
    assert DynamoVersions(TABLE).newest(1)[0].configuration == Configuration()
