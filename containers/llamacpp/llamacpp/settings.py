"""What the task definition's environment says, checked once; nothing else reads the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from serving import task
from serving.environment import number
from serving.task import Task

MODEL_TYPES = ("textgen", "embedding")


@dataclass(frozen=True)
class Settings:
    """One model, where its weights are, and how to serve it."""

    task: Task
    model_file: str = ""
    context_length: int = 4096  # tokens for each caller; less when the model was trained for less
    parallel: int = 4
    threads: int = 0  # 0: one for each core
    prompt_cache_mib: int = 512

    @property
    def embedding(self) -> bool:
        """Whether it makes vectors instead of text."""
        return self.task.model_type == "embedding"


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """`MAX_TOTAL_TOKENS` is the name that TGI users know for `CONTEXT_LENGTH`."""
    context = "CONTEXT_LENGTH" if environment.get("CONTEXT_LENGTH") else "MAX_TOTAL_TOKENS"
    return Settings(
        task=task.load(environment, MODEL_TYPES),
        model_file=environment.get("MODEL_FILE", ""),
        context_length=number(environment, context, 4096, least=1),
        parallel=number(environment, "PARALLEL", 4, least=1),
        threads=number(environment, "THREADS", 0),
        prompt_cache_mib=number(environment, "PROMPT_CACHE_MIB", 512),
    )
