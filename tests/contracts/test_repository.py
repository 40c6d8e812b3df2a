"""The same files everywhere: in any partition, on any machine, behind any mirror."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.support.sources import ROOT, budgets, tracked
from tests.support.templates import Keys, paths, relative, template, walk

BYTES_OF_A_MEGABYTE = 1_000_000
PARTITION = re.compile(r"arn:aws\b|amazonaws\.com")
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|tmp/w)/")
REGISTRIES = re.compile(r"pypi\.org|npmjs|pythonhosted|deb\.debian")
FOR_ONE_PLACE = ("local", "tests")


@cache
def texts() -> dict[Path, str]:
    """Every text but this one, which must name what it looks for."""
    found = {}
    for path in tracked():
        content = path.read_bytes()
        if b"\0" not in content and path != Path(__file__):
            found[path] = content.decode("utf-8")
    return found


def names_a_service(keys: Keys) -> bool:
    """A service's name as a principal is the same in every partition."""
    return bool({"Service", "Principal", "iam:PassedToService"} & {*keys})


@pytest.mark.promise("deployment.any-partition")
@pytest.mark.parametrize("path", paths(), ids=relative)
def test_a_template_knows_no_partition(path: Path) -> None:
    found = [
        part
        for keys, part in walk(template(path))
        if isinstance(part, str) and PARTITION.search(part) and not names_a_service(keys)
    ]
    assert found == []


@pytest.mark.promise("deployment.any-partition")
def test_no_code_of_the_product_knows_a_partition() -> None:
    found = [
        relative(path)
        for path in tracked("*.py")
        if path.relative_to(ROOT).parts[0] not in FOR_ONE_PLACE
        and PARTITION.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [relative(path) for path, text in texts().items() if MACHINE.search(text)]
    assert found == []


def test_no_file_names_a_package_registry() -> None:
    found = [relative(path) for path, text in texts().items() if REGISTRIES.search(text)]
    assert found == []


def test_no_file_is_too_large_to_be_committed() -> None:
    largest = budgets()["file_megabytes"] * BYTES_OF_A_MEGABYTE
    assert [relative(path) for path in tracked() if path.stat().st_size > largest] == []
