"""Models that exist and cannot be called now: what is told of each. Pure."""

from gateway.refusal import SERVER, Refusal

IN_SERVICE = "InService"
# The model service's words for the states in which a model has no route, and what to do then.
# One that is being deleted is as good as gone: it does not exist for callers.
STATES = {
    "Creating": ("is being created", "Try again in a few minutes."),
    "Starting": ("is starting", "Try again in a few minutes."),
    "Updating": ("is being changed", "Try again in a few minutes."),
    "Stopping": ("is being stopped", "Choose another one, or ask your administrator to start it."),
    "Stopped": ("is stopped", "Choose another one, or ask your administrator to start it."),
    "Failed": ("has failed", "Choose another one, or ask your administrator, who sees why."),
}
# A server that starts takes minutes: whoever asks more often hears the same.
RETRY_AFTER = {"Creating": "15", "Starting": "15", "Updating": "15"}


def not_in_service(model: str, status: str) -> Refusal:
    """503 for a model that the caller may use, and that is in a state of STATES."""
    how, remedy = STATES[status]
    return Refusal(
        503,
        "model_not_in_service",
        f"The model `{model}` {how}, so it cannot answer. {remedy} "
        "GET /v2/serve/models?state=all shows its state.",
        param="model",
        kind=SERVER,
        retry_after=RETRY_AFTER.get(status, ""),
    )
