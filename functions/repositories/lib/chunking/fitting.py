"""The estimate of tokens, fitted to what the embedding model itself counts in a sample."""

from collections.abc import Callable
from math import ceil

from chunking.ruler import Count
from passages.tokens import estimate

# Tokens that a model counts in all of these texts together; None if it does not say.
type Weigh = Callable[[list[str]], int | None]

# So many stretches of a text, none longer than a small model reads: no token is less than a byte.
_STRETCHES, _BYTES = 16, 240
# Stretches differ by this much from each other; what a model counts at its marks is in it as well.
_MARGIN = 1.15
# A model that says less or more than that counts something else.
_LEAST, _MOST = 0.4, 3.0


def fitted(text: str, weigh: Weigh) -> Count:
    """Return what counts the tokens of a text's parts, rather too many than too few.

    The model is asked once. The estimate stands where it does not say.
    """
    stretches = sample(text)
    said = weigh(stretches) if stretches else None
    if not said:
        return estimate
    guessed = sum(estimate(stretches))
    factor = min(_MOST, max(_LEAST, _MARGIN * said / guessed)) if guessed else 1.0
    return lambda texts: [ceil(tokens * factor) for tokens in estimate(texts)]


def sample(text: str) -> list[str]:
    """Return stretches from all over a text; of a short one, all of it."""
    step = max(_BYTES, len(text) // _STRETCHES)
    begun = (text[start : start + _BYTES].encode() for start in range(0, len(text), step))
    stretches = (stretch[:_BYTES].decode(errors="ignore") for stretch in begun)
    return [stretch for stretch in stretches if stretch.strip()]
