"""What attachments and summaries need of the world, each loaded when first needed."""

from typing import TYPE_CHECKING

from ingestion.wiring import files
from repositories.settings import context_settings, settings
from repositories.wiring import composed, gateway_models, objects

if TYPE_CHECKING:
    from context.entering import Opening
    from context.ports import ChatModels, Notebook, Parser, Writer


@composed.kept
def chat_models() -> "ChatModels":
    """Return the table of models."""
    from context.adapters.models import DynamoChatModels

    return DynamoChatModels(context_settings().models_table)


@composed.joint
def notebook() -> "Notebook":
    """Return what the steps of a summary leave for each other."""
    from context.adapters.notebook import S3Notebook

    return S3Notebook(settings().documents_bucket, objects())


@composed.kept
def parser() -> "Parser":
    """Return what reads attachments."""
    from context.adapters.parser import LocalParser

    return LocalParser()


@composed.kept
def writer() -> "Writer":
    """Return the chat models behind the gateway, which may take minutes."""
    return gateway_models(patience=280.0)


def opening() -> "Opening":
    """Return what gets from an attachment to what it says."""
    from context.entering import Opening

    return Opening(files(), parser())
