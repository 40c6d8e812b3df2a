"""What is short is read: the numbers are pyproject's, the offenders are named with their size."""

import re
from pathlib import Path

import pytest

from tests.support.lambdas import apps
from tests.support.routes import PAGE
from tests.support.sources import ROOT, budgets, functions, length, lines, tracked
from tests.support.templates import paths, relative

PYTHON = tracked("*.py")
TESTS = [path for path in PYTHON if path.is_relative_to(ROOT / "tests")]
WORKFLOWS = tracked("*.asl.yaml")
# Two files, as long as the API is wide.
GENERATED = ROOT / "lisa-sdk/lisapy/api"
OUR_PACKAGES = (
    "kernel|configuration|health|prompts|sessions|models|usage|definition|routing|provider_keys|checkpoint|planning|diagnosis|identity|gateway|stacks|model_stack"
    "|repository_stack|infrastructure|repositories|catalogue|documents|ingestion|context|passages|parsing|chunking|stores"
    "|retrieval|searching|serving|llamacpp|instructor|staging|functions|local|lisapy"
)
# One that replaces a part of ours tests the replacement.
PATCHED = re.compile(
    rf"""(?:\bpatch|\bsetattr)\(\s*f?["']?(?:{OUR_PACKAGES})\b|\bpatch\.object\(|\bmocker\b"""
)


def too_long(files: list[Path] | tuple[Path, ...], budget: str) -> list[str]:
    sizes = ((path, lines(path)) for path in files)
    return [f"{relative(path)}: {size}" for path, size in sizes if size > budgets()[budget]]


def folder(where: str) -> list[Path]:
    return [path for path in PYTHON if path.is_relative_to(ROOT / where)]


OTHERS = {ROOT / "template.yaml", PAGE}
SERVICE_TEMPLATES = [path for path in paths() if path not in OTHERS]


@pytest.mark.parametrize(
    ("budget", "files"),
    [
        ("app", apps()),
        ("python_file", [path for path in PYTHON if path.parent != GENERATED]),
        ("root_template", [ROOT / "template.yaml"]),
        ("service_template", SERVICE_TEMPLATES),
        ("api_page", [PAGE]),
        ("workflow", WORKFLOWS),
    ],
)
def test_no_file_is_longer_than_its_kind_may_be(budget: str, files: list[Path]) -> None:
    found = too_long(files, budget)
    assert files
    assert not found, "\n".join(found)


def test_most_apps_are_much_shorter_than_they_may_be() -> None:
    lengths = sorted(lines(path) for path in apps())
    assert lengths[len(lengths) // 2] <= budgets()["app_median"]


def test_no_function_is_longer_than_people_can_keep_in_mind() -> None:
    found = [
        f"{relative(path)}: {function.name}: {length(function)}"
        for path in PYTHON
        for function in functions(path)
        if length(function) > longest(path, function.name)
    ]
    assert not found, "\n".join(found)


def longest(path: Path, name: str) -> int:
    is_test = path in TESTS and name.startswith("test_")
    return budgets()["test_function" if is_test else "function"]


def test_the_kernel_stays_small() -> None:
    assert sum(map(lines, folder("layers/kernel"))) <= budgets()["kernel"]


@pytest.mark.parametrize("package", sorted(ROOT.glob("functions/*/lib/*/")), ids=relative)
def test_a_package_of_a_services_library_stays_small(package: Path) -> None:
    assert sum(map(lines, folder(relative(package)))) <= budgets()["service_package"]


def test_no_test_replaces_a_part_of_ours() -> None:
    found = [relative(path) for path in TESTS if PATCHED.search(path.read_text("utf-8"))]
    assert not found, "\n".join(found)
