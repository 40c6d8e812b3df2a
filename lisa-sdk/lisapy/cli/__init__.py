"""`lisa`, the command line."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; without its two packages say how to get them."""
    try:
        from lisapy.cli.program import lisa  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if missing.name not in ("click", "rich"):
            raise
        sys.exit("The command line needs two packages more: pip install 'lisapy[cli]'")
    lisa(prog_name="lisa")
