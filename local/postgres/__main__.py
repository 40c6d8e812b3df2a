"""Serve a cluster until SIGTERM: `python -m local.postgres --data DIR --port N`."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from typing import NoReturn

from local.postgres.binaries import PostgresNotFound
from local.postgres.cluster import Cluster, PostgresFailed, end


def main() -> int:
    """Return what the server's process returned, or 0 after SIGTERM and Ctrl-C."""
    parser = argparse.ArgumentParser(prog="local.postgres", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the cluster, made when missing")
    parser.add_argument("--port", type=int, required=True, help="on 127.0.0.1")
    parser.add_argument("--password-file", type=Path, help="default: <data>.password")
    told = parser.parse_args()
    data: Path = told.data.absolute()
    password_file: Path = told.password_file or data.with_name(f"{data.name}.password")
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    try:
        server = Cluster(data, password_file.absolute()).serve(told.port)
    except (PostgresFailed, PostgresNotFound) as error:
        print(error, file=sys.stderr)
        return 1
    try:
        return server.wait()
    finally:
        end(server)


def _leave(*_: object) -> NoReturn:
    sys.exit(0)


if __name__ == "__main__":
    sys.exit(main())
