"""Values out of a task's environment; whatever is wrong is quoted with the variable's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.faults import BadSetting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")


def required(environment: Mapping[str, str], name: str) -> str:
    """The value, which has to be more than blanks and slashes. Raises BadSetting."""
    value = environment.get(name, "").strip()
    if value.strip("/"):
        return value
    raise BadSetting(
        f"The environment variable {name} is not set.",
        "It comes from the model's task definition: create the model through the admin API, or "
        f"set {name} in the container's environment.",
    )


def first_set(environment: Mapping[str, str], names: Sequence[str]) -> str | None:
    """Which of several names for one thing has a value; the earlier one wins."""
    return next((name for name in names if environment.get(name, "").strip()), None)


def choice(
    environment: Mapping[str, str], name: str, allowed: Sequence[str], default: str = ""
) -> str:
    """One of the allowed words. Raises BadSetting."""
    value = environment.get(name, "").strip() or default or allowed[0]
    if value in allowed:
        return value
    raise wrong(environment, name, f"Use one of: {', '.join(allowed)}.")


def whole(environment: Mapping[str, str], name: str, least: int = 0) -> int:
    """A whole number that has to be there. Raises BadSetting."""
    text = environment.get(name, "").strip()
    if text.isascii() and text.isdigit() and int(text) >= least:
        return int(text)
    raise wrong(environment, name, f"Write a whole number from {least} up, or leave it out.")


def number(environment: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    """A whole number, the default when there is none. Raises BadSetting."""
    return whole(environment, name, least) if environment.get(name, "").strip() else default


def switch(environment: Mapping[str, str], name: str) -> bool:
    """A yes or no, in any of the spellings that people use. Raises BadSetting."""
    value = environment.get(name, "").strip().lower()
    if value in (*YES, *NO):
        return value in YES
    raise wrong(environment, name, "Write true or false.")


def wrong(environment: Mapping[str, str], name: str, remedy: str) -> BadSetting:
    """The fault for a value that is not understood."""
    value = environment.get(name, "")[:100]
    return BadSetting(
        f"{name} is '{value}', which is not understood.",
        f"Correct {name} in the model's containerConfig.environment. {remedy}",
    )
