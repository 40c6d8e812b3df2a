"""What LISA's config.yaml and commands say has a place here, or it is said why it needs none."""

import re
import tomllib

import pytest

from tests.support.prose import CODE
from tests.support.sources import ROOT
from tests.support.templates import template

MAKE = re.compile(r"`make ([\w-]+)")
PAGES = "".join(
    (ROOT / "docs" / name).read_text("utf-8") for name in ("deploying.md", "coming-from-lisa.md")
)
# All that the documents of LISA 3 show of its config.yaml, and tell people to type.
KEYS = {
    "authConfig.authority", "authConfig.clientId", "authConfig.adminGroup",
    "authConfig.ragAdminGroup", "authConfig.jwtGroupsProperty", "authConfig.additionalScopes",
    "restApiConfig.loadBalancerConfig.sslCertIamArn", "ecsModels", "webAppAssetsPath",
    "lambdaLayerAssets", "litellmConfig.general_settings.master_key", "litellmConfig.model_list",
    "litellmConfig.litellm_settings",
}  # fmt: skip
TARGETS = {
    "createPythonEnvironment", "installPythonRequirements", "createTypeScriptEnvironment",
    "installTypeScriptRequirements", "modelCheck", "bootstrap", "deploy", "listStacks", "destroy",
}  # fmt: skip


def rows(title: str) -> list[tuple[str, str]]:
    """Return the cells of the table below a title."""
    section = PAGES.partition(f"## {title}")[2].partition("## ")[0]
    return re.findall(r"^\| (`.*?) \| (.*) \|$", section, re.M)


@pytest.mark.promise("deployment.configuration-keys")
def test_each_key_of_lisas_configuration_has_its_place() -> None:
    table = rows("What a config.yaml of LISA says")
    parameters = template(ROOT / "template.yaml")["Parameters"]
    assert {key for keys, _ in table for key in CODE.findall(keys)} >= KEYS
    named = [word for _, here in table for word in CODE.findall(here)]
    unknown = [word for word in named if re.fullmatch(r"([A-Z][a-z]+){2,}", word)]
    assert [word for word in unknown if word not in parameters] == []


@pytest.mark.promise("deployment.make-targets")
def test_each_target_of_lisas_makefile_has_its_place() -> None:
    table = rows("What was typed")
    assert {name for there, _ in table for name in MAKE.findall(there)} == TARGETS
    ours = {name for _, here in table for name in MAKE.findall(here)}
    assert ours <= set(re.findall(r"^([A-Za-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


@pytest.mark.promise("deployment.bootstrap", "deployment.environments")
@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_an_account_needs_nothing_before_the_first_deployment(environment: str) -> None:
    known = tomllib.loads((ROOT / "samconfig.toml").read_text("utf-8"))[environment]
    assert known["deploy"]["parameters"]["resolve_s3"] is True
