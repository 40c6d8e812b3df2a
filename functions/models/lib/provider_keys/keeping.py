"""Keys and rows: in which order they are written, so that neither is ever without the other.

A row names one version of its secret, and nothing reads a version that no row names. Therefore:

- A key is kept first, then the row names it, in one conditional write. A request that is refused
  is refused before; one that loses the race to the row, or dies, leaves a version that nobody
  reads. It may not take that back: under the same name lies the key of whoever won.
- That name is the model's id, so a leftover without a row is neither forgotten nor in the way: the
  next model of that id puts its key over it, and takes it along when it is removed itself.
- A model's secret goes before its row does, while the row still bars the id. That step runs for
  every external model, named key or not.
- `apiKey: null` writes the row first: gateways let go of the key before it is gone.
"""

from datetime import datetime

from definition.request import ModelRequest
from definition.update import UpdateModel
from models.changing import changed
from models.errors import ModelAlreadyExistsError, ModelNotFoundError
from models.model import Model
from models.ownership import change
from models.ports import Models
from provider_keys.ports import Keys


def requested(models: Models, keys: Keys, asked: ModelRequest, at: datetime) -> Model:
    """Store a new model and its key, or raise ModelAlreadyExistsError and leave no key behind."""
    reference = None
    if asked.key is not None:
        _require_free(models, asked.model_id)
        reference = keys.keep(asked.model_id, asked.key)
    model = Model.requested(asked.definition, at, reference)
    models.add(model)
    return model


def updated(models: Models, keys: Keys, model_id: str, update: UpdateModel, at: datetime) -> Model:
    """Change a model, and its key if the update says so; raises what `changing.changed` does."""

    def with_its_key(model: Model) -> Model:
        asked = changed(model, update, at)
        if update.api_key is not None:
            return asked.with_key(keys.keep(model_id, update.api_key))
        return asked.with_key(None) if update.removes_key else asked

    model = change(models, model_id, with_its_key)
    if update.removes_key and not model.hosted:
        keys.forget(model_id)
    return model


def removed(models: Models, keys: Keys, model: Model) -> None:
    """Remove a model's key, then its row; Superseded if the row is no longer `model`."""
    if not model.hosted:
        keys.forget(model.model_id)
    models.remove(model)


def _require_free(models: Models, model_id: str) -> None:
    try:
        models.get(model_id)
    except ModelNotFoundError:
        return
    raise ModelAlreadyExistsError
