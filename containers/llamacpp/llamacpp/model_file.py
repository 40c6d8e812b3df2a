"""Which of the uploaded files llama.cpp opens, and which belong to it."""

import re

from serving.bucket import Weight
from serving.faults import ModelFileUnclear, WeightsMissing

PART = re.compile(r"-(\d{5})-of-(\d{5})\.gguf$")


def choose_model_file(weights: list[Weight], wanted: str, location: str) -> str:
    """The only .gguf, the first part of a split one, or the one that MODEL_FILE names."""
    if not weights:
        raise WeightsMissing(
            f"There are no weights at {location}.",
            "Upload the model's GGUF file below exactly this prefix, then create the model again.",
        )
    found = [w.name for w in weights if w.name.endswith(".gguf") and not _is_later_part(w.name)]
    chosen = [name for name in found if wanted in ("", name)]
    if len(chosen) == 1:
        return chosen[0]
    if wanted:
        reason = f"MODEL_FILE names '{wanted}', but {location} holds no such GGUF file"
    elif found:
        reason = f"{location} holds {len(found)} GGUF files, and one model is served from one"
    else:
        reason = f"None of the {len(weights)} files at {location} is a GGUF file (*.gguf)"
    raise ModelFileUnclear(
        f"{reason}. GGUF files there: {', '.join(found) or 'none'}.",
        "Set MODEL_FILE in containerConfig.environment to one of them."
        if found
        else "Convert the model to GGUF and upload that, or choose another inference container.",
    )


def needed(weights: list[Weight], model_file: str) -> list[Weight]:
    """The file with its later parts; other quantisations beside it are not fetched."""
    whole = PART.sub("", model_file)
    is_split = whole != model_file
    return [
        weight
        for weight in weights
        if weight.name == model_file or (is_split and _is_part_of(whole, weight.name))
    ]


def _is_later_part(name: str) -> bool:
    match = PART.search(name)
    return bool(match and match[1] != "00001")


def _is_part_of(whole: str, name: str) -> bool:
    return bool(PART.search(name)) and PART.sub("", name) == whole
