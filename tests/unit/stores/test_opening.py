"""A function that asks one kind of store loads the driver of that kind alone."""

import subprocess
import sys
from pathlib import Path

import pytest

LIBRARY = Path(__file__).parents[3] / "functions/repositories/lib"
ADDRESSES = {
    "pg8000": 'PostgresAddress("127.0.0.1", "lisa", "lisa")',
    "opensearchpy": 'OpenSearchAddress("https://127.0.0.1", "basic", user="lisa")',
}
SCRIPT = """
import sys
from stores.addresses import OpenSearchAddress, PostgresAddress
from stores.opening import open_store
import stores.port
before = {name for name in ("pg8000", "opensearchpy", "boto3") if name in sys.modules}
open_store(ADDRESS, lambda: "secret").close()
print(sorted(before), sorted({"pg8000", "opensearchpy", "boto3"} & sys.modules.keys()))
"""


@pytest.mark.parametrize("driver", ADDRESSES)
def test_only_the_driver_that_is_needed_is_loaded(driver: str) -> None:
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT.replace("ADDRESS,", f"{ADDRESSES[driver]},")],
        env={"PYTHONPATH": str(LIBRARY), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == f"[] ['{driver}']"
