"""A table of models in which somebody else is always a little faster."""

from datetime import timedelta

from models.errors import Busy, Superseded
from models.model import Model
from tests.support.in_memory import InMemoryModels
from tests.support.model_payloads import NOON

LATER = NOON + timedelta(seconds=30)


class Rushed(InMemoryModels):
    """A table in which somebody else writes just before each of the next few changes."""

    races = 0
    error: type[Superseded | Busy] = Superseded

    def replace(self, was: Model, now: Model) -> Model:
        if self.races:
            self.races -= 1
            if self.error is Superseded:
                super().replace(was, was.noted("somebody else", LATER))
            raise self.error("not now")
        return super().replace(was, now)


def table(model: Model) -> Rushed:
    models = Rushed()
    models.add(model)
    return models


def table_racing(model: Model, races: int) -> Rushed:
    models = table(model)
    models.races = races
    return models
