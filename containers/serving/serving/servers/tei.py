"""Hugging Face's text-embeddings-router (TEI), whose own variables are its settings.

As with TGI, only what would mean something else is taken out of the environment. Its `/health` runs
the model on one token until that succeeds, and again whenever a batch has failed. It proves enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.command import Command, inherited
from serving.environment import number
from serving.selection import checkpoint
from serving.start import Server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serving.task import Task

# TEI takes 32 texts in a request when nobody says otherwise, and OpenAI's clients send more.
DEFAULTS = {"MAX_CLIENT_BATCH_SIZE": "128"}
TOLD = frozenset({"MODEL_ID", "SERVED_MODEL_NAME", "HOSTNAME", "HOST", "PORT", "MAX_INPUT_LENGTH"})
NUMBERS = ("MAX_CONCURRENT_REQUESTS", "MAX_BATCH_TOKENS", "MAX_CLIENT_BATCH_SIZE")


def command(environment: Mapping[str, str], task: Task, gpus: int) -> Command:
    """The whole call; of several GPUs TEI uses one. Raises BadSetting."""
    for name in NUMBERS:
        number(environment, name, default=1, least=1)
    argv = ["text-embeddings-router", "--model-id", str(task.folder)]
    argv += ["--served-model-name", task.model_id]
    argv += ["--hostname", task.host, "--port", str(task.port)]
    return Command(
        tuple(argv), {**DEFAULTS, **inherited(environment, TOLD)}, _notes(environment, gpus)
    )


def _notes(environment: Mapping[str, str], gpus: int) -> tuple[str, ...]:
    notes = []
    if environment.get("MAX_INPUT_LENGTH"):
        notes.append(
            "MAX_INPUT_LENGTH is not used: TEI takes what the model was trained for. "
            "AUTO_TRUNCATE=true shortens longer texts."
        )
    if gpus > 1:
        notes.append(f"TEI uses one of the {gpus} GPUs: a smaller instance type costs less.")
    return tuple(notes)


SERVER = Server(("embedding",), checkpoint, command)
