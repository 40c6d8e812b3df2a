"""An environment is read once, typed, and says at once what it lacks."""

import pytest
from pydantic import ValidationError

from kernel.settings import Environment


class Settings(Environment):
    bus_name: str
    patience: int = 3
    public: bool = False


def test_a_field_is_the_variable_of_its_name() -> None:
    found = Settings.load({"BUS_NAME": "lisa-bus", "PATIENCE": "7", "PUBLIC": "true"})
    assert found == Settings(bus_name="lisa-bus", patience=7, public=True)


def test_what_is_not_given_has_its_default() -> None:
    assert Settings.load({"BUS_NAME": "lisa-bus"}).patience == 3


def test_variables_of_others_are_left_alone() -> None:
    found = Settings.load({"BUS_NAME": "lisa-bus", "AWS_REGION": "eu-west-1"})
    assert found.model_dump().keys() == {"bus_name", "patience", "public"}


@pytest.mark.parametrize(
    ("variables", "field"),
    [({}, "bus_name"), ({"BUS_NAME": "b", "PATIENCE": "long"}, "patience")],
)
def test_a_variable_that_is_missing_or_malformed_is_named(
    variables: dict[str, str], field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.load(variables)
    assert [error["loc"] for error in caught.value.errors()] == [(field,)]


def test_the_process_is_read_when_nothing_else_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUS_NAME", "lisa-bus")
    assert Settings.load().bus_name == "lisa-bus"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings(bus_name="lisa-bus").bus_name = "other"  # type: ignore[misc]
