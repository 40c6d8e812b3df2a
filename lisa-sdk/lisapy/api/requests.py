"""One function for each operation. Made by `make openapi`: not to be edited.

Their names are the operations', their arguments the path's, then the body's or the query's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lisapy.steps import Request

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from lisapy.api import types


def list_models() -> Request[types.ModelsAnswer]:
    """Every model, whatever its state"""
    return Request("GET", "/models")


def create_model(**body: Unpack[types.ModelRequest]) -> Request[types.ModelAnswer]:
    """Ask for a model"""
    return Request("POST", "/models", body=body)


def plan_model(**body: Unpack[types.ModelRequest]) -> Request[types.PlanAnswer]:
    """What a model would need, whether it would start, and what it would cost"""
    return Request("POST", "/models/plan", body=body)


def list_instances() -> Request[list[str]]:
    """The instance types that can host a model"""
    return Request("GET", "/models/metadata/instances")


def get_model(model_id: str, /) -> Request[types.ModelAnswer]:
    """One model, with its timeline and, if it failed, the reason"""
    return Request("GET", Request.path("/models/{}", model_id))


def update_model(model_id: str, /, **body: Unpack[types.UpdateModel]) -> Request[types.ModelAnswer]:
    """Change a model, stop it, or start it again"""
    return Request("PUT", Request.path("/models/{}", model_id), body=body)


def delete_model(model_id: str, /) -> Request[types.DeletionAnswer]:
    """Remove a model, and everything made for it"""
    return Request("DELETE", Request.path("/models/{}", model_id))


def set_context_window(
    model_id: str, /, **body: Unpack[types.ContextWindow]
) -> Request[types.ModelAnswer]:
    """Say how many tokens a model takes"""
    return Request("PUT", Request.path("/models/{}/context-window", model_id), body=body)


def check_health() -> Request[types.Health]:
    """Whether all that the product stands on answers, and what to do where it does not"""
    return Request("GET", "/health/deep")


def list_tokens(**query: Unpack[types.ListTokensQuery]) -> Request[types.TokensAnswer]:
    """Your API tokens; for administrators everybody's, or those of ?username="""
    return Request("GET", "/api-tokens", query=query)


def create_token(**body: Unpack[types.CreateToken]) -> Request[types.NewTokenView]:
    """Make an API token for yourself; the answer alone shows it"""
    return Request("POST", "/api-tokens", body=body)


def get_token(subject: str, /) -> Request[types.TokenView]:
    """One API token"""
    return Request("GET", Request.path("/api-tokens/{}", subject))


def create_token_for(
    subject: str, /, **body: Unpack[types.CreateTokenFor]
) -> Request[types.NewTokenView]:
    """Make an API token for the user, or the program, of that name"""
    return Request("POST", Request.path("/api-tokens/{}", subject), body=body)


def update_token(subject: str, /, **body: Unpack[types.UpdateToken]) -> Request[types.TokenView]:
    """Rename an API token, or let it end sooner or later"""
    return Request("PUT", Request.path("/api-tokens/{}", subject), body=body)


def delete_token(subject: str, /) -> Request[types.RevocationAnswer]:
    """Revoke an API token, everywhere within a second"""
    return Request("DELETE", Request.path("/api-tokens/{}", subject))


def get_configuration(
    **query: Unpack[types.GetConfigurationQuery],
) -> Request[list[types.ConfigurationVersion]]:
    """What administrators have set for everybody, the newest version first"""
    return Request("GET", "/configuration", query=query)


def update_configuration(
    **body: Unpack[types.UpdateConfiguration],
) -> Request[types.ConfigurationVersion]:
    """Set it anew; every version is kept, with who made it and why"""
    return Request("PUT", "/configuration/global", body=body)


def list_prompt_templates(
    **query: Unpack[types.ListPromptTemplatesQuery],
) -> Request[types.TemplatesPage]:
    """Your own prompt templates, and those that are shared with you"""
    return Request("GET", "/prompt-templates", query=query)


def create_prompt_template(**body: Unpack[types.TemplateWish]) -> Request[types.TemplateView]:
    """Keep a prompt template, for yourself or shared"""
    return Request("POST", "/prompt-templates", body=body)


def get_prompt_template(prompt_template_id: str, /) -> Request[types.TemplateView]:
    """One prompt template"""
    return Request("GET", Request.path("/prompt-templates/{}", prompt_template_id))


def update_prompt_template(
    prompt_template_id: str, /, **body: Unpack[types.TemplateChange]
) -> Request[types.TemplateView]:
    """Change a prompt template of yours"""
    return Request("PUT", Request.path("/prompt-templates/{}", prompt_template_id), body=body)


def delete_prompt_template(prompt_template_id: str, /) -> Request[types.Deletion]:
    """Remove a prompt template of yours"""
    return Request("DELETE", Request.path("/prompt-templates/{}", prompt_template_id))


def get_usage(**query: Unpack[types.GetUsageQuery]) -> Request[types.UsageReport]:
    """Requests, tokens and times: your own; for administrators everybody's"""
    return Request("GET", "/usage", query=query)


def list_repositories() -> Request[list[types.RepositoryView]]:
    """The repositories that you may see"""
    return Request("GET", "/repository")


def create_repository(**body: Unpack[types.RepositoryRequest]) -> Request[types.RepositoryView]:
    """Register a database, which is asked for real before the answer"""
    return Request("POST", "/repository", body=body)


def get_repository_status() -> Request[dict[str, str]]:
    """How each repository is"""
    return Request("GET", "/repository/status")


def list_all_collections(
    **query: Unpack[types.ListAllCollectionsQuery],
) -> Request[types.NamedCollectionsPage]:
    """The collections of all repositories that you may see"""
    return Request("GET", "/repository/collections", query=query)


def get_repository(repository_id: str, /) -> Request[types.RepositoryView]:
    """One repository"""
    return Request("GET", Request.path("/repository/{}", repository_id))


def update_repository(
    repository_id: str, /, **body: Unpack[types.RepositoryUpdate]
) -> Request[types.RepositoryView]:
    """Rename a repository, say who may see it, and what is indexed by itself"""
    return Request("PUT", Request.path("/repository/{}", repository_id), body=body)


def delete_repository(
    repository_id: str, /, **query: Unpack[types.DeleteRepositoryQuery]
) -> Request[types.RepositoryView]:
    """Remove a repository, and all that is in it"""
    return Request("DELETE", Request.path("/repository/{}", repository_id), query=query)


def search_repository(
    repository_id: str, /, **query: Unpack[types.SearchRepositoryQuery]
) -> Request[types.SearchAnswer]:
    """The passages that answer a question best"""
    return Request(
        "GET", Request.path("/repository/{}/similaritySearch", repository_id), query=query
    )


def list_collections(
    repository_id: str, /, **query: Unpack[types.ListCollectionsQuery]
) -> Request[types.CollectionsPage]:
    """The collections of a repository that you may see"""
    return Request("GET", Request.path("/repository/{}/collection", repository_id), query=query)


def create_collection(
    repository_id: str, /, **body: Unpack[types.CollectionRequest]
) -> Request[types.CollectionView]:
    """A collection with its own model, cuts and groups"""
    return Request("POST", Request.path("/repository/{}/collection", repository_id), body=body)


def get_collection(repository_id: str, collection_id: str, /) -> Request[types.CollectionView]:
    """One collection"""
    return Request(
        "GET", Request.path("/repository/{}/collection/{}", repository_id, collection_id)
    )


def update_collection(
    repository_id: str, collection_id: str, /, **body: Unpack[types.CollectionUpdate]
) -> Request[types.CollectionView]:
    """Change a collection, all but its model"""
    return Request(
        "PUT", Request.path("/repository/{}/collection/{}", repository_id, collection_id), body=body
    )


def delete_collection(repository_id: str, collection_id: str, /) -> Request[types.CollectionView]:
    """Remove a collection, and all that is in it"""
    return Request(
        "DELETE", Request.path("/repository/{}/collection/{}", repository_id, collection_id)
    )


def create_upload(
    **body: Unpack[types.DocumentsRequestsUploadRequest],
) -> Request[types.UploadAnswer]:
    """A form by which you upload one file"""
    return Request("POST", "/repository/presigned-url", body=body)


def ingest_documents(
    repository_id: str,
    /,
    query: types.IngestDocumentsQuery | None = None,
    **body: Unpack[types.IngestRequest],
) -> Request[types.IngestAnswer]:
    """Ingest files that you uploaded"""
    return Request(
        "POST", Request.path("/repository/{}/bulk", repository_id), query=query or {}, body=body
    )


def list_documents(
    repository_id: str, /, **query: Unpack[types.ListDocumentsQuery]
) -> Request[types.DocumentsPage]:
    """The documents of a collection"""
    return Request("GET", Request.path("/repository/{}/document", repository_id), query=query)


def delete_documents(
    repository_id: str, /, **body: Unpack[types.RemovalRequest]
) -> Request[types.JobsAnswer]:
    """Remove documents of yours"""
    return Request("DELETE", Request.path("/repository/{}/document", repository_id), body=body)


def list_jobs(
    repository_id: str, /, **query: Unpack[types.ListJobsQuery]
) -> Request[types.JobsPage]:
    """What became of your requests"""
    return Request("GET", Request.path("/repository/{}/jobs", repository_id), query=query)


def get_document(repository_id: str, document_id: str, /) -> Request[types.DocumentView]:
    """One document, and how far it is"""
    return Request("GET", Request.path("/repository/{}/{}", repository_id, document_id))


def download_document(repository_id: str, document_id: str, /) -> Request[types.DownloadAnswer]:
    """An address from which a document's file comes"""
    return Request("GET", Request.path("/repository/{}/{}/download", repository_id, document_id))


def read_attachment(**body: Unpack[types.AttachmentRequest]) -> Request[types.Attachment]:
    """The text of your own file, for a chat"""
    return Request("POST", "/attachment", body=body)


def create_attachment_form(
    **body: Unpack[types.ContextAttachmentUploadRequest],
) -> Request[types.UploadForm]:
    """A form by which you upload a file for a chat"""
    return Request("POST", "/attachment/presigned-url", body=body)


def create_summary(**body: Unpack[types.SummaryRequest]) -> Request[types.SummaryView]:
    """Ask for the summary of your own file, however long"""
    return Request("POST", "/summary", body=body)


def get_summary(summary_id: str, /) -> Request[types.SummaryView]:
    """How far a summary of yours is, and its text"""
    return Request("GET", Request.path("/summary/{}", summary_id))


def list_sessions(**query: Unpack[types.ListSessionsQuery]) -> Request[types.SessionsView]:
    """Your sessions, the latest first; with ?query= those that have its words"""
    return Request("GET", "/session", query=query)


def delete_sessions() -> Request[types.DeletedView]:
    """Remove all of your sessions"""
    return Request("DELETE", "/session")


def get_session(session_id: str, /) -> Request[types.HistoryView]:
    """A session of yours, and its active branch"""
    return Request("GET", Request.path("/session/{}", session_id))


def update_session(
    session_id: str, /, **body: Unpack[types.UpdateSession]
) -> Request[types.ChangedSessionView]:
    """What a session is called, where it goes on, its settings; from LISA's clients all messages, too"""
    return Request("PUT", Request.path("/session/{}", session_id), body=body)


def delete_session(session_id: str, /) -> Request[types.DeletedView]:
    """Remove a session, and its messages"""
    return Request("DELETE", Request.path("/session/{}", session_id))


def rename_session(
    session_id: str, /, **body: Unpack[types.RenameSession]
) -> Request[types.ChangedSessionView]:
    """What a session is called"""
    return Request("PUT", Request.path("/session/{}/name", session_id), body=body)


def attach_image(
    session_id: str, /, **body: Unpack[types.AttachImage]
) -> Request[types.AttachedView]:
    """Keep the pictures of a message of a session, before the message itself"""
    return Request("PUT", Request.path("/session/{}/attachImage", session_id), body=body)


def list_messages(
    session_id: str, /, **query: Unpack[types.ListMessagesQuery]
) -> Request[types.MessagesView]:
    """All messages of a session, the oldest first"""
    return Request("GET", Request.path("/session/{}/messages", session_id), query=query)


def add_messages(
    session_id: str, /, **body: Unpack[types.AddMessages]
) -> Request[types.RevisionsView]:
    """Add messages to a session, which the first one makes"""
    return Request("POST", Request.path("/session/{}/messages", session_id), body=body)


def update_message(
    session_id: str, message_id: str, /, **body: Unpack[types.UpdateMessage]
) -> Request[types.RevisionView]:
    """Write what has come of an answer that streams"""
    return Request(
        "PUT", Request.path("/session/{}/messages/{}", session_id, message_id), body=body
    )
