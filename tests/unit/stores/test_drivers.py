"""Each kind of store loads its own driver alone, and the words that both share load none."""

import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[3] / "functions/repositories/lib"
SCRIPT = """
import importlib, sys
drivers = {"pg8000", "opensearchpy", "boto3"}
import stores.addresses, stores.port
before = sorted(drivers & sys.modules.keys())
importlib.import_module("stores.KIND.store")
print(before, sorted(drivers & sys.modules.keys()))
"""


@pytest.mark.parametrize(
    ("kind", "driver"), [("pgvector", "pg8000"), ("opensearch", "opensearchpy")]
)
def test_only_the_driver_that_is_needed_is_loaded(kind: str, driver: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("KIND", kind)],
        env={"PYTHONPATH": str(LIBRARY), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == f"[] ['{driver}']"
