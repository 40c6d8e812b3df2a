"""Whether a question goes on from an earlier one, and what is looked for then. Pure.

"And in Germany?" finds nothing alone. What came before is looked for with it, where the question
says by a word that it goes on: no model is asked, and a question that stands alone stays alone.
"""

import re
from collections.abc import Sequence

# In words and in characters; a longer question says itself what it is about.
LONGEST, MOST_CHARACTERS = 9, 200
_WORD = re.compile(r"[^\W_]+")
# A script without spaces: two of its letters are about a word.
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]{1,2}")
# How a question begins that goes on, in the languages that most people here write.
_GOING_ON = re.compile(
    r"\W*(?:and|or|but|also|what about|how about|what if"
    r"|und|oder|aber|auch|was ist mit|wie ist es|wie sieht es"
    r"|et|ou|mais|aussi|qu.en est-il|y|pero|también|qué hay de|ed?(?= )|ma|anche)\b"
    r"|那|还有|では|それ",
    re.I,
)
# What stands for something that was said before, where nothing else can have been meant.
_POINTING = re.compile(
    r"\W*(?:\w+\W+){0,4}(?:it|its|they|them|their|those|these|he|him|his|she|her|again"
    r"|dafür|davon|damit|dazu|dabei|deren|dessen)\b"
    r"|.*\b(?:this|that|there|ones?|instead|dies|das|dort|cela|ça|eso|esto)\W*$",
    re.I | re.S,
)
# A few words that begin so are a part of a question.
_PART = re.compile(r"\W*(?:only|with|without|including|nur|mit|ohne|avec|sans|con|sin)\b", re.I)
_FEW = 4


def looked_for(questions: Sequence[str], most: int) -> str:
    """Return the last question, after the one that it goes on from if it does.

    `questions` are those of one person, in their order; `most` is in characters.
    """
    last = questions[-1]
    if not goes_on(last):
        return bounded(last, most)
    begun = next((one for one in reversed(questions[:-1]) if not goes_on(one)), "")
    room = most - len(last) - 1
    return f"{bounded(begun, room)}\n{last}" if begun and room > 0 else bounded(last, most)


def goes_on(question: str) -> bool:
    """Return whether a question says by a word that it is to be read after another."""
    if len(question) > MOST_CHARACTERS:
        return False
    words = _length(question)
    if words <= _FEW and _PART.match(question):
        return True
    return words <= LONGEST and bool(_GOING_ON.match(question) or _POINTING.match(question))


def bounded(text: str, most: int) -> str:
    """Return a text, of a long one its beginning and its end."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n{text[len(text) - (most - half - 1) :]}"


def _length(text: str) -> int:
    return len(_WORD.findall(_WIDE.sub(" x ", text)))
