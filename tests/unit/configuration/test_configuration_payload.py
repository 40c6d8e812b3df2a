"""What administrators may set: the forms, and which switches need which."""

from typing import Any

import pytest
from pydantic import ValidationError

from configuration.changing import saved
from configuration.errors import ConfigurationConflictError
from configuration.payload import Configuration, UpdateConfiguration
from configuration.version import ConfigurationVersion
from kernel.clock import now
from tests.support.configuration_world import InMemoryVersions
from tests.support.sources import ROOT


def configuration(**parts: Any) -> Configuration:
    return Configuration.model_validate(parts)


@pytest.mark.parametrize(
    ("off", "broken"),
    [
        ("ragSelectionAvailable", ["editNumOfRagDocument", "uploadRagDocs"]),
        ("uploadContextDocs", ["documentSummarization"]),
    ],
)
def test_what_needs_something_that_is_off_must_be_off_too(off: str, broken: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        configuration(enabledComponents={off: False})
    for name in broken:
        assert f"{name} needs {off}" in str(refused.value)
    switches = dict.fromkeys([off, *broken], False)
    assert configuration(enabledComponents=switches) != Configuration()


@pytest.mark.parametrize(
    "parts",
    [
        {"enabledComponents": {"flying": True}},
        {"enabledComponents": {"viewMetaData": "true"}},
        {"systemBanner": {"textColor": "red"}},
        {"systemBanner": {"backgroundColor": "#fff;x:url(//evil)"}},
        {"systemBanner": {"text": "x" * 501}},
        {"announcement": {"message": "x" * 501}},
        {"global": {"defaultModel": "../x"}},
    ],
)
def test_what_is_not_of_its_form_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        configuration(**parts)


def test_all_parts_are_kept_as_they_were_sent() -> None:
    sent = {
        "systemBanner": {
            "isEnabled": True,
            "text": "SECRET",
            "textColor": "#ffffff",
            "backgroundColor": "#AA0000",
        },
        "announcement": {"isEnabled": True, "message": "Down on Sunday <b>"},
        "global": {"defaultModel": "tiny-chat"},
    }
    shown = configuration(**sent).model_dump(mode="json", by_alias=True)
    assert {name: shown[name] for name in sent} == sent


class Overtaken(InMemoryVersions):
    """Somebody else saves between what one reads and what one writes."""

    def add(self, version: ConfigurationVersion) -> None:
        super().add(version.model_copy(update={"changed_by": "eve"}))
        super().add(version)


def test_of_two_who_save_at_once_one_is_told() -> None:
    versions = Overtaken()
    wish = UpdateConfiguration(configuration=Configuration())
    with pytest.raises(ConfigurationConflictError):
        saved(versions, wish, "ada", now())
    assert [one.changed_by for one in versions.newest()] == ["eve"]


def test_the_example_is_taken_and_says_what_it_seems_to_say() -> None:
    text = (ROOT / "events/http/update_configuration.json").read_text("utf-8")
    wish = UpdateConfiguration.model_validate_json(text)
    switches = wish.configuration.enabled_components
    assert (switches.delete_session_history, switches.view_meta_data) == (False, True)
    assert wish.configuration.system_banner.is_enabled
    assert (wish.version_id, wish.change_reason) == (0, "The retention rule of 2026.")
