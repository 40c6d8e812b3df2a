"""What a definition may say to a provider beside name, address and key: `litellmParams`. Pure.

LiteLLM (1.106.2, `litellm.types.router.GenericLiteLLMParams`, and the arguments of `completion`)
takes far more from the same mapping. What is missing here is missing on purpose:

- keys and identities of others (`aws_secret_access_key`, `client_secret`, `aws_role_name`, ...):
  `apiKey` is the one way in, and AWS is called as the gateway's own role;
- addresses and buckets (`api_base`, `aws_bedrock_runtime_endpoint`, `aws_sts_endpoint`, ...), and
  whatever could become a host: a region is one label of one, never a dot or a slash;
- files and pointers to them (`vertex_credentials`, `anthropic_identity_token_file`, ...);
- what replaces the answer or the router (`mock_response`, `model_list`, `auto_router_*`,
  `litellm_credential_name`, `custom_llm_provider`, `max_retries`: `retries` is ours);
- headers, bodies, callbacks and tags.

Prices are for the gateway's list of models, where LiteLLM's own table has others or none.
"""

from typing import Annotated, Any, Literal

from pydantic import (
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StringConstraints,
    model_serializer,
)

from definition.hosting import Payload

type Region = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")]
type Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$")]
type Patience = Annotated[float, Field(gt=0, le=3600)]
type Count = Annotated[int, Field(ge=1, le=10_000_000)]
# In US dollars; no token costs more than one.
type Price = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
type Penalty = Annotated[float, Field(ge=-2, le=2)]


class ProviderParameters(Payload):
    """LiteLLM's own names, so they are not camelCase; times in seconds.

    Those of a request go first: what a caller says of its temperature counts.
    """

    model_config = ConfigDict(alias_generator=None)

    # Where the provider serves, and in whose name.
    api_version: Name | None = None
    aws_region_name: Region | None = None
    region_name: Region | None = None
    vertex_location: Region | None = None
    vertex_project: Name | None = None
    watsonx_region_name: Region | None = None
    project_id: Name | None = None
    space_id: Name | None = None
    organization: Name | None = None
    # How long to wait, and what to do with what the provider does not know.
    timeout: Patience | None = None
    stream_timeout: Patience | None = None
    drop_params: bool | None = None
    merge_reasoning_content_in_choices: bool | None = None
    # What holds for requests that do not say it themselves.
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    top_k: Count | None = None
    max_tokens: Count | None = None
    max_completion_tokens: Count | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    seed: Annotated[int, Field(ge=-(2**63), lt=2**63)] | None = None
    reasoning_effort: Literal["none", "minimal", "low", "medium", "high"] | None = None
    verbosity: Literal["low", "medium", "high"] | None = None
    service_tier: Name | None = None
    dimensions: Count | None = None
    input_type: Name | None = None
    # What a token costs: of a prompt, of an answer, of a prompt that the provider still knows.
    input_cost_per_token: Price | None = None
    output_cost_per_token: Price | None = None
    cache_read_input_token_cost: Price | None = None

    @model_serializer(mode="wrap")
    def _only_what_is_given(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialize(self).items() if value is not None}
