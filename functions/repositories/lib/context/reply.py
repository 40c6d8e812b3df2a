"""What of a model's answer is the summary. Pure."""

import re

_BEGIN, _END = "<think>", "</think>"
_SENTENCE = re.compile(r"[.!?](?=\s|$)|[。！？]|\n")
_CUT = " [...]"


def summary_in(told: str, cut: bool) -> str:
    """Return the summary, empty if there is none; of one that was cut, the whole sentences.

    Models that reason may write down how, before they answer. Of some the beginning of that stands
    in the prompt already; where it has no end, there is no answer.
    """
    answer = _after_reasoning(told).strip()
    return _whole_sentences(answer) + _CUT if cut and answer else answer


def _after_reasoning(told: str) -> str:
    before, end, after = told.partition(_END)
    if before.lstrip().startswith(_BEGIN):
        return after
    return after if end and _BEGIN not in before else told


def _whole_sentences(text: str) -> str:
    last = max((found.end() for found in _SENTENCE.finditer(text)), default=0)
    # Half of it is not given up for one sentence that has no end.
    return text[:last].rstrip() if last * 2 >= len(text) else text
