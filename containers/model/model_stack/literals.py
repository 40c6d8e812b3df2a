"""A user's text on its way into a template: it arrives as it was written, or is refused."""

import json
import re
from collections.abc import Mapping, Sequence

# JSON is YAML, but for these: YAML folds, forbids or joins them when they stand unescaped.
_NOT_PLAIN_IN_YAML = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]")
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def as_yaml(value: Mapping[str, str] | Sequence[str]) -> str:
    """Write texts as one line of YAML that no reader takes for anything but these texts.

    `${...}` needs no care: CloudFormation interprets it in Fn::Sub alone.
    """
    line = json.dumps(value, ensure_ascii=False)
    return _NOT_PLAIN_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def refuse_what_would_not_stay_literal(where: str, text: str) -> None:
    """Raise ValueError for text that CloudFormation would replace or could not carry."""
    if "{{resolve:" in text:
        raise ValueError(
            f"{where} contains `{{{{resolve:`, which CloudFormation would replace by a secret or "
            "parameter of this account. Give the value itself, or let the server read the secret."
        )
    if _NO_TEXT.search(text):
        raise ValueError(
            f"{where} contains a NUL or half of a surrogate pair, which no environment can carry. "
            "Remove that character."
        )
