"""Every answer that is a refusal: what happened, why, what to do next. Pure."""

from collections.abc import Sequence

from gateway.refusal import REQUEST as REQUEST
from gateway.refusal import SERVER as SERVER
from gateway.refusal import Dialect as Dialect
from gateway.refusal import Refusal as Refusal


def unauthenticated() -> Refusal:
    return Refusal(
        401,
        "invalid_api_key",
        "No valid credential was given: it is missing, unknown, expired, or there are two "
        "different ones. Send one API token or sign-in token as 'Authorization: Bearer <token>'.",
    )


def cannot_authenticate(what: str) -> Refusal:
    return Refusal(
        503,
        "authentication_unavailable",
        f"Your credential cannot be checked because {what} does not answer. Try again shortly.",
        kind=SERVER,
    )


def models_unknown() -> Refusal:
    return Refusal(
        503,
        "registry_unavailable",
        "This gateway has just started and could not read the list of models yet. "
        "Try again in a few seconds.",
        kind=SERVER,
    )


def model_not_found(model: str) -> Refusal:
    return Refusal(
        404,
        "model_not_found",
        f"The model `{model[:200]}` does not exist or you do not have access to it. "
        "GET /v2/serve/models lists the models that you may call.",
        param="model",
    )


def unknown_url(method: str, path: str) -> Refusal:
    return Refusal(
        404,
        "unknown_url",
        f"Unknown request URL: {method} {path[:200]}. Check the path; "
        "the routes are under /v2/serve, for example POST /v2/serve/chat/completions.",
    )


def unknown_state(state: str) -> Refusal:
    return Refusal(
        400,
        "unsupported_value",
        f"There is no list of models in the state `{state[:40]}`. Use state=all for those that "
        "are not in service, too, or leave it out.",
        param="state",
    )


def method_not_allowed(method: str, path: str, allowed: str) -> Refusal:
    return Refusal(
        405,
        "method_not_supported",
        f"{method} is not possible on {path[:200]}. Use {allowed}.",
        allow=allowed,
    )


def body_too_large(limit: int) -> Refusal:
    return Refusal(
        413,
        "request_too_large",
        f"The request body is larger than {limit} bytes, the most that this gateway reads. "
        "Send less, for example smaller or fewer images.",
    )


def gateway_full() -> Refusal:
    return Refusal(
        503,
        "gateway_busy",
        "The gateway is taking in as many large requests as it has memory for. "
        "Send this one again in a moment.",
        kind=SERVER,
        retry_after="1",
    )


def not_an_object() -> Refusal:
    return Refusal(
        400,
        "invalid_json",
        "The request body is not a JSON object. "
        'Send one with content-type application/json, such as {"model": "..."}.',
    )


def missing(field: str) -> Refusal:
    return Refusal(
        400,
        "missing_required_parameter",
        f"You must provide {field}. See OpenAI's reference of this route for its form.",
        param=field,
    )


def no_model() -> Refusal:
    return Refusal(
        400,
        "missing_required_parameter",
        "You must provide a model: a string with the id of one of GET /v2/serve/models.",
        param="model",
    )


def cannot_stream(model: str) -> Refusal:
    return Refusal(
        400,
        "unsupported_value",
        f"The model `{model}` does not stream. Send the request without stream=true.",
        param="stream",
    )


def wrong_kind(model: str, model_type: str, operation: str, able: Sequence[str]) -> Refusal:
    instead = f"Use {', '.join(able[:-1])} or {able[-1]}" if able[1:] else f"Use {''.join(able)}"
    return Refusal(
        400,
        "model_not_supported",
        f"The model `{model}` is of type {model_type} and cannot do {operation}. "
        f"{instead if able else 'This gateway has no operation for it yet'}, "
        "or choose another model.",
        param="model",
    )


def not_through_litellm(model: str, operation: str) -> Refusal:
    return Refusal(
        400,
        "model_not_supported",
        f"The model `{model}` is reached through LiteLLM, which cannot do {operation}. "
        "Choose a model whose server speaks OpenAI's protocol itself.",
        param="model",
    )


def malformed_form(why: str) -> Refusal:
    return Refusal(
        400,
        "invalid_form",
        f"The request body is not the form that its content-type says: {why}. "
        "Send multipart/form-data as OpenAI's clients do, with one field `model`.",
    )


def not_stored(field: str) -> Refusal:
    return Refusal(
        400,
        "unsupported_parameter",
        f"`{field}` refers to a stored response, and this gateway stores none. "
        "Leave it out and send the earlier turns in `input`.",
        param=field,
    )


def upstream_unreachable(model: str, why: str) -> Refusal:
    return Refusal(
        503,
        "model_unavailable",
        f"The server of model `{model}` cannot be reached: {why}. It may be starting or replaced; "
        "try again shortly. If it persists, ask your administrator for the model's state.",
        kind=SERVER,
    )


def unknown_provider(model: str) -> Refusal:
    return Refusal(
        503,
        "model_unavailable",
        f"The model `{model}` is registered with a name that LiteLLM does not understand. "
        "Ask your administrator to correct its litellmModel, as in 'provider/model'.",
        kind=SERVER,
    )


def upstream_authentication(model: str) -> Refusal:
    return Refusal(
        502,
        "upstream_authentication",
        f"The provider of model `{model}` did not accept the gateway's own credentials. "
        "Ask your administrator to check the model's key or the gateway's role.",
        kind=SERVER,
    )


def upstream_moved(model: str) -> Refusal:
    message = f"The server of model `{model}` answered with a redirect, and none is followed. "
    fix = "Ask your administrator to give the model the address that it leads to."
    return Refusal(502, "upstream_failed", message + fix, kind=SERVER)


def key_unavailable(model: str) -> Refusal:
    return Refusal(
        503,
        "model_unavailable",
        f"The key of model `{model}` cannot be read from the secret store. Try again shortly; if "
        "it persists, ask your administrator to give the model its key again.",
        kind=SERVER,
    )


def upstream_broke(model: str) -> Refusal:
    return Refusal(
        502,
        "upstream_failed",
        f"The server of model `{model}` closed the connection before its answer was complete, "
        "as it does when it crashes or is replaced. Send the request again.",
        kind=SERVER,
    )


def upstream_silent(model: str, seconds: float) -> Refusal:
    return Refusal(
        504,
        "upstream_timeout",
        f"The server of model `{model}` sent nothing for {seconds:g} seconds. "
        "Ask for fewer tokens, use stream=true, or try again when it is less busy.",
        kind=SERVER,
    )


def own_failure() -> Refusal:
    return Refusal(
        500,
        "internal_error",
        "The gateway failed on this request. Try again; if it persists, give the x-request-id "
        "of this answer to your administrator.",
        kind=SERVER,
    )
