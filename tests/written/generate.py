"""Write the documents that are made of the sources: `make docs`."""

from collections.abc import Callable

from tests.support.sources import ROOT
from tests.written import api, architecture, compatibility

DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/api.md": api.text,
    "docs/architecture.md": architecture.text,
    "docs/compatibility.md": compatibility.text,
}


def main() -> None:
    """Write them all."""
    for name, text in DOCUMENTS.items():
        (ROOT / name).write_text(text(), "utf-8")


if __name__ == "__main__":
    main()
