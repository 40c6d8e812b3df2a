"""A function that asks one kind of database does not wait for the driver of another."""

import os
import subprocess
import sys

import pytest

from tests.support.sources import ROOT

LIBRARIES = ("layers/kernel", "functions/repositories/lib")
PROBE = """
import sys
from catalogue.connection import OpenSearchConfig, RdsConfig
from repositories.adapters.databases import Databases
from tests.support.repository_world import a_repository
kind = sys.argv[1]
databases = Databases("eu-west-1")
found = a_repository()
if kind == "opensearchpy":
    config = OpenSearchConfig(endpoint="https://search.example")
    found = found.changed(found.updated_at, rds_config=None, opensearch_config=config)
databases.of(found)
databases.close()
print(*sorted({"pg8000", "opensearchpy", "numpy", "lxml", "tokenizers"} & set(sys.modules)))
"""


@pytest.mark.parametrize("driver", ["pg8000", "opensearchpy"])
def test_only_the_driver_of_the_store_that_is_asked_is_loaded(driver: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, driver],
        cwd=ROOT,
        env={
            "PYTHONPATH": os.pathsep.join((".", *LIBRARIES)),
            "POWERTOOLS_TRACE_DISABLED": "true",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [driver]
