"""`make status`: what runs, and which models there are."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from local.supervisor import control
from local.supervisor.environment import STACK, product_environment
from local.supervisor.ports import chosen_ports
from local.supervisor.state import State, read_json

_IMPATIENT = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 1})


def main(state: State) -> int:
    """Print both tables; 3 when nothing runs, as service managers answer."""
    pid = control.running_pid(state)
    if pid is None:
        print("Nothing is running. `make up` starts the product.")
        return 3
    os.environ.update(product_environment(chosen_ports(state), os.environ))
    print(table(process_rows(pid, read_json(state.children))))
    print("\n" + table(model_rows()))
    return 0


def process_rows(pid: int, children: Mapping[str, Mapping[str, Any]]) -> list[list[str]]:
    """The supervisor and its children."""
    rows = [["NAME", "PID", "STATE", "RESTARTS", "ADDRESS"]]
    rows.append(["supervisor", str(pid), "running", "", ""])
    for name, facts in children.items():
        restarts = str(facts["restarts"])
        last = f"{restarts} ({facts['last_death']})" if facts["restarts"] else restarts
        rows.append([name, str(facts["pid"] or "-"), facts["state"], last, facts["address"]])
    return rows


def model_rows() -> list[list[str]]:
    """The models' table as it is; one line of explanation when it cannot be read."""
    client = boto3.client("dynamodb", config=_IMPATIENT)
    try:
        items = client.scan(TableName=f"{STACK}-LISAModelTable").get("Items", [])
    except (BotoCoreError, ClientError) as error:
        return [["MODEL", "STATUS"], ["", f"unknown: {error}"]]
    models = sorted((item["modelId"]["S"], item.get("status", {}).get("S", "")) for item in items)
    return [["MODEL", "STATUS"], *([name, status] for name, status in models)]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns under each other."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)
