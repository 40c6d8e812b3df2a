"""Words of others, made fit to be kept and shown: cut, and without secrets."""

import re

TEXT = 2_000
# Longer input is not even searched for secrets: no source has longer reasons or log lines.
_SEARCHED = 8_000
_HIDDEN = "***"

_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Presigned addresses carry their signature in the query, proxies their password in front.
    (re.compile(r"(https?://[^\s\"'?<>]{1,1000}\?)[^\s\"'<>]+"), rf"\1{_HIDDEN}"),
    (re.compile(r"(://)[^\s/@\"']{1,400}@"), rf"\1{_HIDDEN}@"),
    (re.compile(r"-----BEGIN [A-Z ]{1,40}-----[\s\S]*?(?:-----END [A-Z ]{1,40}-----|\Z)"), _HIDDEN),
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {_HIDDEN}"),
    # EC2 encrypts the reason of a refusal: long, and of use to nobody but its decoder.
    (re.compile(r"(?i)(encoded authorization failure message:?\s*)\S+"), rf"\1{_HIDDEN}"),
    (re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}"), _HIDDEN),
    (re.compile(r"\beyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?"), _HIDDEN),
    (
        re.compile(r"\b(?:hf_|sk-|xox[abp]-|github_pat_|gh[pousr]_|glpat-)[\w-]{8,}"),
        _HIDDEN,
    ),
    # `token` but not `tokens` or `tokenizer`: those are counts and files, and tell the cause.
    (
        re.compile(
            r"(?i)((?:passw(?:or)?d|passwd|secret(?:[_-]?(?:access[_-]?)?key)?|token|api[_-]?key"
            r"|access[_-]?key(?:[_-]?id)?|credentials?|authorization)[\"']?\s{0,3}[=:]\s{0,3}[\"']?)"
            r"[^\s\"',;&)]+"
        ),
        rf"\1{_HIDDEN}",
    ),
    # Long runs that are no path, no name and no digest: keys, line by line or whole.
    (re.compile(r"(?<![\w+/=])(?![0-9a-f]{40,64}\b)[A-Za-z0-9+/=]{60,}"), _HIDDEN),
    (re.compile(r"[A-Za-z0-9+_=-]{80,}"), _HIDDEN),
)


def scrubbed(text: str) -> str:
    """Return at most `TEXT` characters of a text, its lines kept, in which no secret is left."""
    shown = text[:_SEARCHED]
    if len(text) > _SEARCHED:
        # Half a secret would not be recognised as one.
        shown = shown[: shown.rfind(" ") + 1]
    for pattern, kept in _SECRETS:
        shown = pattern.sub(kept, shown)
    return "\n".join(filter(None, map(in_one_line, shown.splitlines())))[:TEXT]


def in_one_line(text: str) -> str:
    """Return the text with every run of white space as one blank."""
    return " ".join(text.split())
