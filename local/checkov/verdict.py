"""What checkov found, against what we do otherwise on purpose."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


@dataclass(frozen=True, order=True)
class Finding:
    """One check that failed on one resource, named `path of its template:logical id`."""

    check: str
    resource: str
    meaning: str = ""


@dataclass(frozen=True)
class Exemption:
    """Why a check does not hold for the resources that one pattern names."""

    check: str
    pattern: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        return self.check == finding.check and fnmatchcase(finding.resource, self.pattern)


def exemptions(text: str) -> list[Exemption]:
    """Read the file of exceptions: `{check: [{reason, resources: [pattern]}]}`.

    A reason that is missing or empty is a ValueError.
    """
    return [
        Exemption(check, pattern, _reason(check, entry))
        for check, entries in yaml.safe_load(text).items()
        for entry in entries
        for pattern in entry["resources"]
    ]


def complaints(found: Collection[Finding], exempt: Collection[Exemption]) -> Iterator[str]:
    """Yield a sentence for each finding without an exception, and each exception without one."""
    for finding in sorted(found):
        if not any(one.covers(finding) for one in exempt):
            yield f"{finding.check} {finding.resource}: {finding.meaning}"
    for one in exempt:
        if not any(one.covers(finding) for finding in found):
            yield f"{one.check} {one.pattern}: nothing needs this exception any more. Remove it."


def _reason(check: str, entry: dict[str, str]) -> str:
    if not (reason := entry.get("reason", "").strip()):
        raise ValueError(f"An exception from {check} has no reason.")
    return reason
