"""What administrators set for everybody, with its rules. Pure."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

type Scope = Literal["global"]
type Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
type Text = Annotated[str, StringConstraints(max_length=500)]
# As the models service has it; empty means that there is none.
type ModelId = Annotated[
    str, StringConstraints(pattern=r"^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$")
]

# What makes no sense while something else is off.
NEEDS = {
    "edit_num_of_rag_document": "rag_selection_available",
    "upload_rag_docs": "rag_selection_available",
    "document_summarization": "upload_context_docs",
}


class Payload(BaseModel):
    """Base of every part: camelCase names, no unknown field, no coercion."""

    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", frozen=True, strict=True
    )


class EnabledComponents(Payload):
    """What people may do and see. The names are LISA's."""

    delete_session_history: bool = True
    view_meta_data: bool = True
    edit_kwargs: bool = True
    edit_prompt_template: bool = True
    edit_chat_history_buffer: bool = True
    edit_num_of_rag_document: bool = True
    upload_rag_docs: bool = True
    rag_selection_available: bool = True
    upload_context_docs: bool = True
    document_summarization: bool = True
    show_rag_library: bool = True
    show_prompt_template_library: bool = True
    model_library: bool = True
    enable_model_comparison_utility: bool = True
    enable_user_api_tokens: bool = True

    @model_validator(mode="after")
    def _with_what_they_need(self) -> Self:
        broken = [
            f"{to_camel(name)} needs {to_camel(needed)}"
            for name, needed in NEEDS.items()
            if getattr(self, name) and not getattr(self, needed)
        ]
        if broken:
            raise ValueError("; ".join(broken))
        return self


class SystemBanner(Payload):
    """A line above and below every page, such as a classification. Plain text."""

    is_enabled: bool = False
    text: Text = ""
    text_color: Colour = "#000000"
    background_color: Colour = "#ffffff"


class Announcement(Payload):
    """What administrators want everybody to know. Plain text."""

    is_enabled: bool = False
    message: Text = ""


class GlobalDefaults(Payload):
    """What holds for people who chose nothing themselves."""

    default_model: ModelId = ""


class Configuration(Payload):
    """All of it; what is left out is as it was delivered."""

    enabled_components: EnabledComponents = EnabledComponents()
    system_banner: SystemBanner = SystemBanner()
    announcement: Announcement = Announcement()
    # The name is LISA's, and a word of Python's.
    global_: Annotated[GlobalDefaults, Field(alias="global")] = GlobalDefaults()


class UpdateConfiguration(BaseModel):
    """The body of PUT. `versionId` is the version that was read: another since then is a conflict.

    LISA's clients send back all that they were shown; who changed it and when is ours to say.
    """

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, strict=True)

    configuration: Configuration
    config_scope: Scope = "global"
    change_reason: Text = ""
    version_id: Annotated[int, Field(ge=0)] | None = None


class ConfigurationQuery(BaseModel):
    """The query string of GET."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True)

    config_scope: Scope = "global"
