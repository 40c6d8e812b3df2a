"""What a function reads of its environment is what its template gives it, no more and no less."""

import ast
import importlib

import pytest

from kernel.http import HttpSettings
from kernel.settings import Environment
from kernel.switches import SwitchSettings
from tests.support.lambdas import Function, all_functions, identifier
from tests.support.sources import ROOT, tracked, tree
from tests.support.templates import relative

FUNCTIONS = [pytest.param(function, id=identifier(function)) for function in all_functions()]
# A service has one `Settings`; these functions read more, and have a class of their own.
OWN_SETTINGS = {
    "identity/authorize": "DoorSettings",
}
# The steps of workflows, declared beside these, read more than the rest of their service.
USUAL_SETTINGS = {"functions": "Settings", "statemachines": "WorkflowSettings"}
# So do all functions of these templates.
SETTINGS_OF_TEMPLATE = {
    "functions/repositories/context.yaml": "ContextSettings",
    "statemachines/repositories/template.yaml": "Settings",
    "statemachines/repositories/scanning.yaml": "ScanSettings",
    "statemachines/repositories/infrastructure.yaml": "StackSettings",
}
OF_LAMBDA = {"AWS_REGION"}
OF_THE_KERNEL = {name.upper() for name in HttpSettings.model_fields}
# Who obeys switches, of whatever service, reads them by the kernel.
OF_SWITCHES = {name.upper() for name in SwitchSettings.model_fields}
MAY_READ_THE_ENVIRONMENT = "layers/kernel/kernel/settings.py"


def settings_of(function: Function) -> type[Environment]:
    module = importlib.import_module(f"{function.service}.settings")
    home = relative(function.template)
    usual = SETTINGS_OF_TEMPLATE.get(home) or USUAL_SETTINGS[home.partition("/")[0]]
    found: type[Environment] = getattr(module, OWN_SETTINGS.get(identifier(function), usual))
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_template_gives_exactly_what_the_settings_read(function: Function) -> None:
    given = {name for name in function.variables if not name.startswith("POWERTOOLS_")}
    read = {name.upper() for name in settings_of(function).model_fields}
    assert given - OF_THE_KERNEL - OF_SWITCHES == read - OF_LAMBDA


@pytest.mark.parametrize("function", FUNCTIONS)
def test_who_is_told_where_switches_are_may_read_them(function: Function) -> None:
    table = "table/${DeploymentName}-LISAConfigurationTable"
    allowed = [one for one in function.allowed() if table in str(one["Resource"])]
    assert [one["Action"] for one in allowed] == ["dynamodb:Query"] * len(allowed)
    assert bool(allowed) == (function.variables.keys() >= OF_SWITCHES)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_page_in_a_browser_may_read_what_an_http_function_answers(function: Function) -> None:
    if hasattr(function.handler(), "contract"):
        assert function.variables.keys() >= OF_THE_KERNEL


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_metric_or_log_line_says_its_service(function: Function) -> None:
    assert function.variables["POWERTOOLS_SERVICE_NAME"] == function.service


def test_only_the_kernel_reads_the_environment() -> None:
    product = [*tracked(":(glob)functions/**/*.py"), *tracked(":(glob)layers/**/*.py")]
    readers = [
        relative(path)
        for path in product
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert set(readers) == {MAY_READ_THE_ENVIRONMENT}
    assert (ROOT / MAY_READ_THE_ENVIRONMENT).is_file()
