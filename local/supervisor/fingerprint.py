"""One number for everything that a deployment is made of."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_NESTED = re.compile(
    r"^  (\w+):\n    Type: AWS::(?:Serverless::Application|CloudFormation::Stack)\n"
    r"(?:    .*\n)*?.*?(?:Location|TemplateURL): ([\w./-]+)",
    re.MULTILINE,
)
_SKIPPED = {"__pycache__", "node_modules", "tests"}
SOURCES = (
    "template.yaml",
    "samconfig.toml",
    "events",
    "layers",
    "functions",
    "statemachines",
    "containers",
    "frontend/template.yaml",
)


def fingerprint(root: Path, extra: Iterable[str] = (), sources: Iterable[str] = SOURCES) -> str:
    """Changes when a source file, its name or one of the extra settings changes."""
    digest = hashlib.sha256("\0".join(extra).encode())
    for source in sources:
        for file in _files(root / source):
            digest.update(f"{file.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def places(root: Path) -> dict[str, str]:
    """Return where each nested application stands, by its template: as `Chat/Sessions`."""
    return dict(_below(root, root / "template.yaml", ""))


def _below(root: Path, template: Path, above: str) -> Iterator[tuple[str, str]]:
    for name, location in _NESTED.findall(template.read_text("utf-8")):
        nested, place = (template.parent / location).resolve(), f"{above}{name}"
        yield nested.relative_to(root.resolve()).as_posix(), place
        yield from _below(root, nested, f"{place}/")


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            hidden = child.name.startswith(".") or child.suffix == ".pyc"
            if not hidden and child.name not in _SKIPPED:
                yield from _files(child)
