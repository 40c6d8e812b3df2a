"""A request for embeddings, read strictly: what is not understood is refused, not ignored."""

import json
from dataclasses import dataclass
from typing import Any

MOST_TEXTS = 512
LONGEST_INSTRUCTION = 2000  # characters
FORMATS = ("float", "base64")


class Refused(Exception):
    """The caller's fault, as OpenAI's clients expect it; `parameter` is the field at fault."""

    def __init__(self, message: str, parameter: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.status = status


@dataclass(frozen=True)
class Asked:
    """Texts to embed, what they are embedded for, and how the vectors are written."""

    texts: list[str]
    instruction: str = ""
    as_base64: bool = False


def parse(body: bytes, model_id: str) -> Asked:
    """Raises Refused."""
    fields = _object(body)
    if fields.get("model") != model_id:
        named = str(fields.get("model"))[:100]
        message = f"The model '{named}' is not served here. Ask for '{model_id}'."
        raise Refused(message, "model", status=404)
    if fields.get("dimensions") is not None:
        raise Refused("This model's vectors have one length. Leave out 'dimensions'.", "dimensions")
    written_as = fields.get("encoding_format", "float")
    if written_as not in FORMATS:
        raise Refused("'encoding_format' is neither 'float' nor 'base64'.", "encoding_format")
    instruction = fields.get("instruction") or ""
    if not isinstance(instruction, str) or len(instruction) > LONGEST_INSTRUCTION:
        message = f"'instruction' is not a text of at most {LONGEST_INSTRUCTION} characters."
        raise Refused(message, "instruction")
    return Asked(_texts(fields.get("input")), instruction, written_as == "base64")


def _object(body: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused("The body is not JSON.") from error
    if isinstance(fields, dict):
        return fields
    raise Refused("The body is not a JSON object.")


def _texts(given: object) -> list[str]:
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise Refused("'input' is neither a text nor a list of texts.", "input")
    if not 0 < len(texts) <= MOST_TEXTS or not all(texts):
        message = f"'input' has to be 1 to {MOST_TEXTS} texts, none of them empty."
        raise Refused(message, "input")
    return texts
