"""How a text becomes a reason: tables of rules, of which the first that knows the text wins."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from diagnosis.codes import CODES
from diagnosis.evidence import Evidence
from diagnosis.permissions import permission_denied
from diagnosis.reason import Reason
from diagnosis.scrubbing import in_one_line

_QUOTE = 300
# What vLLM's processes put in front of a line: who says it, how loud, when and where.
_LINE_HEAD = re.compile(
    r"^(?:\([^()]{1,60}\bpid=\d+[^()]{0,40}\)\s*)?(?:\[rank\d+\]:?\s*)?"
    r"(?:(?:ERROR|CRITICAL|WARNING|INFO)\s+[\d-]+\s+[\d:.,]+\s+(?:\[[^\]]{1,60}\]|\S+:\d+\])\s*)?"
)


@dataclass(frozen=True)
class Rule:
    """A kind of text that is known, and what it means.

    One of `any` is searched without regard to case, and `where` too if there is one. Their named
    groups may stand in `message`, `fix` and `waiting`, as may instance, region, log and
    health_path. Without a message or fix it is the code's own. `times` is how many failures of
    this kind in a row make it a cause, since platforms try again by themselves; `waiting` says
    meanwhile what is waited for.
    """

    code: str
    any: tuple[str, ...]
    where: str = ""
    message: str = ""
    fix: str = ""
    times: int = 1
    waiting: str = ""


@dataclass(frozen=True)
class Finding:
    """What one source of evidence says: a cause if `certain`, else something that may pass."""

    reason: Reason
    certain: bool = True
    waiting: str = ""


@dataclass(frozen=True)
class Found:
    """A rule that knows a text, and what it says of it."""

    rule: Rule
    reason: Reason
    waiting: str

    def after(self, failures: int) -> Finding:
        """Return it as a finding when so many failures in a row were seen."""
        return Finding(self.reason, failures >= self.rule.times, self.waiting)


@cache
def table(name: str) -> tuple[Rule, ...]:
    """Return the rules of tables/<name>.toml, in their order."""
    text = files("diagnosis").joinpath("tables", f"{name}.toml").read_text("utf-8")
    return tuple(
        Rule(**{**rule, "any": tuple(rule["any"])}) for rule in tomllib.loads(text)["rule"]
    )


def facts_of(evidence: Evidence) -> dict[str, str]:
    """Return the words for which the sentences of the tables have places."""
    return {
        "instance": evidence.instance_type or "this instance type",
        "region": evidence.region or "this region",
        "log": f"the log group {evidence.log_group}" if evidence.log_group else "the model's log",
        "health_path": evidence.health_path or "its health path",
    }


def reason_for(code: str, facts: Mapping[str, str], message: str = "", fix: str = "") -> Reason:
    """Return a reason whose sentences are the given ones, or the code's own."""
    known = CODES[code]
    return Reason(
        code, (message or known.meaning).format_map(facts), (fix or known.fix).format_map(facts)
    )


def find(
    rules: Iterable[Rule], texts: Sequence[str], speaker: str, facts: Mapping[str, str]
) -> Found | None:
    """Return what the first rule that knows one of the texts says of the last such text.

    The order of the rules decides, not that of the texts: a traceback ends with consequences.
    """
    for rule in rules:
        for text in reversed(texts):
            match = _match(rule, text)
            if match:
                return _found(rule, match, speaker, facts)
    return None


def denial(texts: Iterable[str]) -> Finding | None:
    """Return the last refusal for lack of a right among the texts."""
    found = [reason for text in texts if (reason := permission_denied(text))]
    return Finding(found[-1]) if found else None


def quoted(speaker: str, text: str) -> str:
    """Return who said what as a sentence, with at most 300 characters of it."""
    words = in_one_line(_LINE_HEAD.sub("", text, count=1))
    shown = words.rstrip(". ") if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"
    return f"{speaker} says: “{shown}”." if shown else ""


def _match(rule: Rule, text: str) -> re.Match[str] | None:
    if rule.where and not re.search(rule.where, text, re.IGNORECASE):
        return None
    matches = (re.search(pattern, text, re.IGNORECASE) for pattern in rule.any)
    return next(filter(None, matches), None)


def _found(rule: Rule, match: re.Match[str], speaker: str, facts: Mapping[str, str]) -> Found:
    filled = {**facts, **match.groupdict()}
    reason = reason_for(rule.code, filled, rule.message, rule.fix)
    said = quoted(speaker, _around(match))
    return Found(
        rule,
        Reason(reason.code, f"{reason.message} {said}", reason.fix),
        rule.waiting.format_map(filled),
    )


def _around(match: re.Match[str]) -> str:
    """Return the text from its start; a long one from shortly before what was recognised."""
    text, start = match.string, match.start() - _QUOTE // 2
    if len(text) <= _QUOTE or start <= 0:
        return text
    return "…" + text[start:].partition(" ")[2]
