"""What a PUT makes of a model: at once where nothing has to be made, else by a workflow. Pure."""

from datetime import datetime

from definition.payload import CreateModel
from definition.update import UpdateModel
from kernel.faults import InvalidInputError
from models.errors import ModelBusyError
from models.model import BUSY, Model, Status


def changed(model: Model, update: UpdateModel, at: datetime) -> Model:
    """Return the row after an update, or raise why it cannot be.

    ModelBusyError while a workflow holds the model, InvalidInputError for what this model or
    this status does not allow, ValidationError for a definition that would break the rules.
    """
    _require_free(model)
    _require_fitting(model, update)
    merged = update.applied_to(model.config)
    match update.enabled:
        case True:
            return _started(model, merged, at)
        case False:
            return _stopping(model, merged, at)
        case None:
            return _updated(model, merged, at)


def widened(model: Model, context_window: int, at: datetime) -> Model:
    """Return the row with the context window (tokens) that an administrator knows better.

    ModelBusyError while a workflow holds the model: it would find its row changed under its hands.
    """
    if model.status in BUSY:
        raise ModelBusyError(model.model_id, model.status)
    return model.noted(f"context window set to {context_window} tokens", at).model_copy(
        update={"context_window": context_window}
    )


def _require_free(model: Model) -> None:
    if model.status in BUSY:
        raise ModelBusyError(model.model_id, model.status)
    if model.status not in (Status.IN_SERVICE, Status.STOPPED):
        raise InvalidInputError(
            f"Model {model.model_id} is {model.status}, and only one that is InService or Stopped "
            "can be updated: delete it and create it again."
        )


def _require_fitting(model: Model, update: UpdateModel) -> None:
    given = {
        "autoScalingInstanceConfig": update.auto_scaling_instance_config,
        "containerConfig": update.container_config,
    }
    refused = [name for name, value in given.items() if value is not None]
    if refused and not model.hosted:
        raise InvalidInputError(
            f"Model {model.model_id} has no servers of ours: leave out {' and '.join(refused)}."
        )
    if model.hosted and update.api_key is not None:
        raise InvalidInputError(
            f"Model {model.model_id} is hosted here and needs no key: leave out apiKey."
        )


def _started(model: Model, config: CreateModel, at: datetime) -> Model:
    if model.status is not Status.STOPPED:
        raise InvalidInputError(
            f"Model {model.model_id} is {model.status}; only a Stopped model can be enabled."
        )
    asked = _with(model, config)
    return asked.became(Status.STARTING, at) if model.hosted else asked.serving(None, at)


def _stopping(model: Model, config: CreateModel, at: datetime) -> Model:
    if model.status is not Status.IN_SERVICE:
        raise InvalidInputError(
            f"Model {model.model_id} is {model.status}; only one InService can be disabled."
        )
    asked = _with(model, config).model_copy(update={"route": None})
    return asked.became(Status.STOPPING, at) if model.hosted else asked.stopped(at)


def _updated(model: Model, config: CreateModel, at: datetime) -> Model:
    """While it is Stopped the definition is only kept: the next start makes servers after it."""
    if model.status is Status.IN_SERVICE and _servers(config) != _servers(model.config):
        asked = _with(model, model.config).model_copy(update={"pending": config})
        return asked.became(Status.UPDATING, at)
    kept = _with(model, config).noted("updated", at)
    if kept.route is None:
        return kept
    return kept.model_copy(update={"route": kept.routed(kept.route.api_base)})


def _with(model: Model, config: CreateModel) -> Model:
    """A new change: nobody works on it yet, and what went wrong before is past."""
    return model.model_copy(update={"config": config, "execution": None, "failure_reason": None})


def _servers(config: CreateModel) -> object:
    """What the stack of a hosted model is made after; its servers know their model's type."""
    if not config.hosted:
        return None
    return config.model_type, config.container_config, config.auto_scaling_config
