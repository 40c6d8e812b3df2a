"""Run checkov on every template, and print what is neither right nor an exception."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from checkov.cloudformation.runner import Runner
from checkov.runner_filter import RunnerFilter

from local.checkov.verdict import Finding, complaints, exemptions
from local.checkov.written_out import written_out

_HERE = Path(__file__).parent
_REPOSITORY = _HERE.parents[1]


def main() -> int:
    """Return 1 when there is something to say, which is printed."""
    exempt = exemptions((_HERE / "exceptions.yaml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        # checkov takes 40 letters of a path for a key: the folder's chance name must not count.
        place = Path(folder, "-")
        found, unread = _findings(_copied(place), place)
    said = [*unread, *complaints(found, exempt)]
    for line in said:
        print(line)
    if said:
        print(
            "Mend the template, or say in local/checkov/exceptions.yaml why it is right as it is."
        )
    return 1 if said else 0


def _copied(folder: Path) -> list[str]:
    """Copy the templates, each at its own path below the folder."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.yaml"]
    names = subprocess.run(listing, cwd=_REPOSITORY, check=True, capture_output=True, text=True)
    copies = []
    for name in names.stdout.split():
        source = _REPOSITORY / name
        # A file that was removed is listed until its removal is committed.
        text = source.read_text("utf-8") if source.is_file() else ""
        if text.startswith("AWSTemplateFormatVersion"):
            copy = folder / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(written_out(text), "utf-8")
            copies.append(str(copy))
    return copies


def _findings(files: list[str], folder: Path) -> tuple[set[Finding], list[str]]:
    """Return what failed, and a sentence for each template that hides something."""
    # Without a root folder checkov takes files as they are named, and nothing else.
    told = Runner().run(None, files=files, runner_filter=RunnerFilter(framework=["cloudformation"]))
    found, unread = set[Finding](), list[str]()
    for report in told if isinstance(told, list) else [told]:
        unread += [f"{name}: checkov cannot read it." for name in report.parsing_errors]
        for one in report.skipped_checks:
            unread.append(f"{one.check_id} {one.resource}: skipped in the template itself.")
        for one in report.failed_checks:
            path = Path(one.file_abs_path).relative_to(folder)
            name = f"{path.as_posix()}:{one.resource.rpartition('.')[2]}"
            found.add(Finding(one.check_id, name, one.check_name))
    return found, unread


if __name__ == "__main__":
    sys.exit(main())
