"""Prompt templates, the configuration, what is used, and whether all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.api import requests
from lisapy.steps import C_co, Group, Items, Request, Steps, call, each, plain

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from lisapy.api import types


class PromptTemplates(Group[C_co]):
    """`/prompt-templates`: personas and directives, one's own and those that are shared."""

    page = plain(requests.list_prompt_templates)
    get = plain(requests.get_prompt_template)
    create = plain(requests.create_prompt_template)
    update = plain(requests.update_prompt_template)
    delete = plain(requests.delete_prompt_template)

    @each
    def list(self, **query: Unpack[types.ListPromptTemplatesQuery]) -> Items[types.TemplateView]:
        """Yield the templates that the caller may use, page by page as they are needed."""
        return self._pages(requests.list_prompt_templates(**query), "Items", "cursor")


class Configuration(Group[C_co]):
    """`/configuration`: which features are on. Every version is kept."""

    versions = plain(requests.get_configuration)
    update = plain(requests.update_configuration)

    @call
    def current(self) -> Steps[types.ConfigurationVersion]:
        """Return the version that holds now."""
        versions = yield from self._ask(requests.get_configuration(configScope="global"))
        return max(versions, key=lambda version: version["versionId"])


class Usage(Group[C_co]):
    """`/usage`: requests, tokens and times; for administrators everybody's."""

    report = plain(requests.get_usage)


class Health(Group[C_co]):
    """Whether the API is there, and whether all that the product stands on answers."""

    check = plain(requests.check_health)

    @call
    def alive(self) -> Steps[dict[str, str]]:
        """Return what the API says of itself to anybody: `status`, `version`, `deployment`."""
        return (yield from self._ask(Request["dict[str, str]"]("GET", "/health")))
