"""The environment of the lane's process, from the container's. Pure."""

from collections.abc import Mapping

# LiteLLM fetches price lists and policies from the internet at import unless told not to.
OFFLINE = {
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS": "True",
    "LITELLM_LOCAL_POLICY_TEMPLATES": "True",
    "LITELLM_LOCAL_BLOG_POSTS": "True",
    "LITELLM_LOCAL_AUTOROUTER_PRESETS": "True",
    "LITELLM_MODE": "PRODUCTION",
    "LITELLM_LOG": "ERROR",
}

# LiteLLM signs Bedrock requests itself and does not know the AWS SDKs' endpoint variables.
BEDROCK = "AWS_BEDROCK_RUNTIME_ENDPOINT"
BEDROCK_AS_SDK = ("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "AWS_ENDPOINT_URL")


def lane_environment(env: Mapping[str, str]) -> dict[str, str]:
    lane = {**env, **OFFLINE}
    endpoint = next((env[name] for name in (BEDROCK, *BEDROCK_AS_SDK) if env.get(name)), "")
    if endpoint:
        lane[BEDROCK] = endpoint.rstrip("/")
    return lane
