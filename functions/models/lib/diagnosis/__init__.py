"""Why a model cannot serve, for people, from what the platforms say. Pure."""

from diagnosis.reason import Reason

__all__ = ["Reason"]
