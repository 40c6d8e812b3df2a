"""What the task definition's environment says, checked once; nothing else reads the environment."""

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from llamacpp.faults import BadSetting

MODEL_TYPES = ("textgen", "embedding")


@dataclass(frozen=True)
class Settings:
    """One model, where its weights are, and how to serve it."""

    model_id: str
    bucket: str
    prefix: str
    weights_dir: Path
    region: str | None = None
    model_file: str = ""
    embedding: bool = False
    host: str = "0.0.0.0"
    port: int = 8080
    context_length: int = 4096  # tokens for each caller; less when the model was trained for less
    parallel: int = 4
    threads: int = 0  # 0: one for each core
    prompt_cache_mib: int = 512


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """`MAX_TOTAL_TOKENS` is the name that TGI users know for `CONTEXT_LENGTH`."""
    bucket = _required(environment, "MODELS_BUCKET")
    prefix = _required(environment, "MODEL_NAME").strip("/")
    cache = Path(environment.get("WEIGHTS_DIR") or _default_cache())
    context = "CONTEXT_LENGTH" if environment.get("CONTEXT_LENGTH") else "MAX_TOTAL_TOKENS"
    return Settings(
        model_id=_required(environment, "MODEL_ID"),
        bucket=bucket,
        prefix=prefix,
        weights_dir=cache / bucket / prefix,
        # boto3 itself does not read AWS_REGION, which is what ECS sets.
        region=environment.get("AWS_REGION") or environment.get("AWS_DEFAULT_REGION") or None,
        model_file=environment.get("MODEL_FILE", ""),
        embedding=_model_type(environment) == "embedding",
        host=environment.get("HOST") or "0.0.0.0",
        port=_number(environment, "PORT", 8080, least=1),
        context_length=_number(environment, context, 4096, least=1),
        parallel=_number(environment, "PARALLEL", 4, least=1),
        threads=_number(environment, "THREADS", 0),
        prompt_cache_mib=_number(environment, "PROMPT_CACHE_MIB", 512),
    )


def _default_cache() -> Path:
    # The user's id keeps others on the same machine from putting weights there beforehand.
    return Path(tempfile.gettempdir()) / f"lisa-weights-{os.getuid()}"


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name, "").strip()
    if value.strip("/"):
        return value
    raise BadSetting(
        f"The environment variable {name} is not set.",
        "It comes from the model's task definition: create the model through the admin API, or "
        f"set {name} in the container's environment.",
    )


def _model_type(environment: Mapping[str, str]) -> str:
    value = environment.get("MODEL_TYPE") or "textgen"
    if value in MODEL_TYPES:
        return value
    raise BadSetting(
        f"MODEL_TYPE is '{value}', which llama.cpp cannot serve.",
        f"Use one of: {', '.join(MODEL_TYPES)}.",
    )


def _number(environment: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    text = environment.get(name) or str(default)
    if text.isascii() and text.isdigit() and int(text) >= least:
        return int(text)
    raise BadSetting(
        f"{name} is '{text}', which is not a whole number from {least} up.",
        f"Correct {name} in the model's containerConfig.environment, or leave it out: "
        f"then it is {default}.",
    )
