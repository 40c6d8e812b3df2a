"""What the API takes and gives. Made by `make openapi`: not to be edited.

They are the plain dicts that the JSON is read into: what a newer server adds is in them, too.
"""

from __future__ import annotations

from typing import Any, Literal

from typing_extensions import NotRequired, TypedDict

By = Literal["day", "model", "user", "token", "group"]


CollectionStatus = Literal["ACTIVE", "DELETE_IN_PROGRESS", "DELETE_FAILED"]


Detail = Literal["auto", "low", "high"]


HostingType = Literal["third_party", "lisa_hosted", "internal_hosted"]


InferenceContainer = Literal["tgi", "tei", "vllm", "instructor", "llamacpp"]


JobStatus = Literal[
    "INGESTION_PENDING",
    "INGESTION_IN_PROGRESS",
    "INGESTION_COMPLETED",
    "INGESTION_FAILED",
    "DELETE_PENDING",
    "DELETE_IN_PROGRESS",
    "DELETE_COMPLETED",
    "DELETE_FAILED",
]


JobType = Literal["document_ingestion", "document_deletion"]


LisaType = Literal["human", "ai", "system"]


MessageStatus = Literal["complete", "streaming", "stopped", "failed"]


Mode = Literal["hybrid", "vector", "text"]


ModelType = Literal[
    "textgen", "embedding", "imagegen", "rerank", "speech", "transcription", "moderation"
]


Origin = Literal["manual", "auto"]


PromptType = Literal["persona", "directive"]


RepositoryStatus = Literal[
    "CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_FAILED", "DELETE_IN_PROGRESS", "DELETE_FAILED"
]


SortOrder = Literal["asc", "desc"]


StatusInput = Literal["PENDING", "IN_PROGRESS", "COMPLETED", "FAILED", "DELETING", "REMOVED"]


Step = Literal["PARSE", "EMBED", "INDEX"]


StoreType = Literal["pgvector", "opensearch"]


Verdict = Literal["ok", "failed"]


class AddMessages(TypedDict):
    """The body of POST /session/{sessionId}/messages; a parent is stored, or before its child."""

    messages: list[NewMessage]
    activeLeaf: NotRequired[str | None]


class Announcement(TypedDict):
    """What administrators want everybody to know. Plain text."""

    isEnabled: bool
    message: str


class AnnouncementInput(TypedDict):
    """What administrators want everybody to know. Plain text."""

    isEnabled: NotRequired[bool]
    message: NotRequired[str]


class AnswerTiming(TypedDict):
    """Answer timing."""

    firstTokenMs: NotRequired[float | None]
    totalMs: NotRequired[float | None]


class AttachImage(TypedDict):
    """The body of PUT /session/{sessionId}/attachImage: a message, or one picture of it."""

    message: PicturePart | PicturedMessage


class AttachedText(TypedDict):
    """Attached text."""

    name: str
    mediaType: str
    tokens: int
    text: str


class AttachedView(TypedDict):
    """The message that was sent, in which each picture that was stored has `url` and `picture`."""

    content: NotRequired[str | list[TextPartView | PicturePartView]]
    type: NotRequired[str]
    image_url: NotRequired[PictureView]


class Attachment(TypedDict):
    """A file as a chat is given it: Markdown, bounded.

    `tokens` is an estimate, rather too high than too low, of `text`; `characters` are the whole
    document's. `fits` is None if no model was named, or nobody knows its context window.
    """

    name: str
    mediaType: str
    title: str
    pages: int | None
    characters: int
    tokens: int
    truncated: bool
    text: str
    warnings: list[str]
    contextWindow: int | None
    fits: bool | None


class AttachmentRequest(TypedDict):
    """The body of POST /attachment. With a model the answer says whether the text fits it."""

    key: str
    model: NotRequired[str | None]


class AutoScalingConfig(TypedDict):
    """How many instances serve the model; times in seconds, the volume in GiB."""

    blockDeviceVolumeSize: int
    minCapacity: int
    maxCapacity: int
    desiredCapacity: int | None
    cooldown: int
    defaultInstanceWarmup: int
    metricConfig: Metric


class AutoScalingConfigInput(TypedDict):
    """How many instances serve the model; times in seconds, the volume in GiB."""

    blockDeviceVolumeSize: NotRequired[int]
    minCapacity: NotRequired[int]
    maxCapacity: NotRequired[int]
    desiredCapacity: NotRequired[int | None]
    cooldown: NotRequired[int]
    defaultInstanceWarmup: NotRequired[int]
    metricConfig: NotRequired[MetricInput]


class AutoScalingInstanceConfig(TypedDict):
    """The numbers of instances, and how fast they may change; whatever is left out stays."""

    minCapacity: NotRequired[int | None]
    maxCapacity: NotRequired[int | None]
    desiredCapacity: NotRequired[int | None]
    cooldown: NotRequired[int | None]
    defaultInstanceWarmup: NotRequired[int | None]


class CandidateView(TypedDict):
    """Another instance type on which it starts, with what else must then be changed."""

    instanceType: str
    gpus: int
    largestTokens: int | None
    changes: dict[str, str]
    price: PriceTag | None


class ChangedSessionView(TypedDict):
    """Changed session view."""

    session: SessionSummaryView


class Check(TypedDict):
    """One thing: `reason` and `fix` are there if it failed."""

    name: str
    status: Verdict
    milliseconds: int
    reason: str | None
    fix: str | None


class ChunkingStrategy(TypedDict):
    """How documents are cut; sizes in tokens of the embedding model.

    `overlap` tokens are said twice by neighbours. LISA's own word for `kind` is `type`.
    """

    kind: Literal["structure", "recursive", "fixed", "none"]
    size: int
    overlap: int


class ChunkingStrategyInput(TypedDict):
    """How documents are cut; sizes in tokens of the embedding model.

    `overlap` tokens are said twice by neighbours. LISA's own word for `kind` is `type`.
    """

    kind: NotRequired[Literal["structure", "recursive", "fixed", "none"]]
    size: NotRequired[int]
    overlap: NotRequired[int]


class CollectionRequest(TypedDict):
    """The body of POST /repository/{repositoryId}/collection; nulls mean the repository's."""

    name: str
    description: NotRequired[str]
    embeddingModel: NotRequired[str | None]
    language: NotRequired[str | None]
    chunkingStrategy: NotRequired[ChunkingStrategyInput]
    allowChunkingOverride: NotRequired[bool]
    searchSettings: NotRequired[SearchSettingsInput]
    metadata: NotRequired[LabelsInput]
    allowedGroups: NotRequired[list[str] | None]


class CollectionUpdate(TypedDict):
    """The body of PUT: what is not sent stays. The model, the language and the id are for ever."""

    name: NotRequired[str | None]
    description: NotRequired[str | None]
    chunkingStrategy: NotRequired[ChunkingStrategyInput | None]
    allowChunkingOverride: NotRequired[bool | None]
    searchSettings: NotRequired[SearchSettingsInput | None]
    metadata: NotRequired[LabelsInput | None]
    allowedGroups: NotRequired[list[str] | None]


class CollectionView(TypedDict):
    """A collection. `allowedGroups` of null are the repository's."""

    collectionId: str
    repositoryId: str
    name: str
    description: str
    embeddingModel: str
    dimensions: int
    language: str
    chunkingStrategy: ChunkingStrategy
    allowChunkingOverride: bool
    searchSettings: SearchSettings
    metadata: Labels
    allowedGroups: list[str] | None
    default: bool
    status: CollectionStatus
    reason: Reason | None
    createdBy: str
    createdAt: str
    updatedAt: str


class CollectionsPage(TypedDict):
    """A page of the collections of one repository."""

    lastEvaluatedKey: str | None
    hasNextPage: bool
    hasPreviousPage: bool
    collections: list[CollectionView]
    pagination: Counted


Configuration = TypedDict(
    "Configuration",
    {
        "enabledComponents": "EnabledComponents",
        "systemBanner": "SystemBanner",
        "announcement": "Announcement",
        "global": "GlobalDefaults",
    },
)


ConfigurationInput = TypedDict(
    "ConfigurationInput",
    {
        "enabledComponents": "NotRequired[EnabledComponentsInput]",
        "systemBanner": "NotRequired[SystemBannerInput]",
        "announcement": "NotRequired[AnnouncementInput]",
        "global": "NotRequired[GlobalDefaultsInput]",
    },
)


class ConfigurationVersion(TypedDict):
    """A version as it is kept, for ever. Version 0 is what was delivered: nobody made it."""

    configScope: Literal["global"]
    versionId: int
    configuration: Configuration
    changedBy: str
    changeReason: str
    createdAt: str | None


class ContainerChange(TypedDict):
    """What may change of a container: its servers are replaced, one after the other."""

    environment: NotRequired[dict[str, str] | None]
    sharedMemorySize: NotRequired[int | None]
    healthCheckCommand: NotRequired[str | list[str] | None]
    healthCheckInterval: NotRequired[int | None]
    healthCheckTimeout: NotRequired[int | None]
    healthCheckStartPeriod: NotRequired[int | None]
    healthCheckRetries: NotRequired[int | None]


class ContainerConfig(TypedDict):
    """The container: its image, environment, memory (MiB) and health check."""

    image: Image
    sharedMemorySize: int
    memoryReservation: int | None
    environment: dict[str, str]
    healthCheckConfig: ContainerHealthCheck


class ContainerConfigInput(TypedDict):
    """The container: its image, environment, memory (MiB) and health check."""

    image: ImageInput
    sharedMemorySize: NotRequired[int]
    memoryReservation: NotRequired[int | None]
    environment: NotRequired[dict[str, str]]
    healthCheckConfig: NotRequired[ContainerHealthCheckInput]


class ContainerHealthCheck(TypedDict):
    """How ECS asks the container for its health; times in seconds."""

    command: str | list[str]
    interval: int
    startPeriod: int
    timeout: int
    retries: int


class ContainerHealthCheckInput(TypedDict):
    """How ECS asks the container for its health; times in seconds."""

    command: NotRequired[str | list[str]]
    interval: NotRequired[int]
    startPeriod: NotRequired[int]
    timeout: NotRequired[int]
    retries: NotRequired[int]


class ContextAttachmentUploadRequest(TypedDict):
    """The body of POST /attachment/presigned-url."""

    fileName: str


class ContextWindow(TypedDict):
    """The body of PUT /models/{modelId}/context-window: tokens of prompt and answer together."""

    contextWindow: int


class Counted(TypedDict):
    """How many items and pages a list has."""

    totalCount: int | None
    currentPage: int | None
    totalPages: int | None


class CreateToken(TypedDict):
    """The body of POST /api-tokens.

    Without an end the token lasts for the usual time, without `groups` it has the caller's, without
    `models` it may call all that its groups may.
    """

    tokenExpiration: NotRequired[int | None]
    name: str
    groups: NotRequired[list[str] | None]
    models: NotRequired[list[str] | None]


class CreateTokenFor(TypedDict):
    """The body of POST /api-tokens/{username}: without `groups` it has none.

    A system token is one that belongs to a program.
    """

    tokenExpiration: NotRequired[int | None]
    name: str
    groups: NotRequired[list[str] | None]
    models: NotRequired[list[str] | None]
    isSystemToken: NotRequired[bool]


class DeletedView(TypedDict):
    """Deleted view."""

    deleted: bool


class Deletion(TypedDict):
    """What is said of a template that is no more."""

    deleted: bool
    id: str


class DeletionAnswer(TypedDict):
    """What LISA says of a model that is on its way out."""

    status: str
    message: str


class DocumentView(TypedDict):
    """A document. `progress` is from 0 to 1, `size` in bytes."""

    documentId: str
    repositoryId: str
    collectionId: str
    documentName: str
    source: str
    ingestionType: Origin
    username: str | None
    mine: bool
    uploadDate: str
    updatedAt: str
    status: Literal["PENDING", "IN_PROGRESS", "COMPLETED", "FAILED", "DELETING", "REMOVED"]
    step: Step | None
    progress: float
    size: int
    title: str | None
    mediaType: str | None
    pages: int | None
    chunks: int | None
    warnings: list[str]
    chunkingStrategy: ChunkingStrategy | None
    metadata: Labels | None
    jobId: str
    reason: Reason | None


class DocumentsPage(TypedDict):
    """A page of a collection's documents."""

    lastEvaluatedKey: str | None
    hasNextPage: bool
    hasPreviousPage: bool
    documents: list[DocumentView]
    lastEvaluated: LastDocument | None
    totalDocuments: int | None


class DocumentsRequestsUploadRequest(TypedDict):
    """The body of POST /repository/presigned-url; without `collectionId`, the default one."""

    repositoryId: str
    collectionId: NotRequired[str | None]
    fileName: str


class DownloadAnswer(TypedDict):
    """An address from which a file comes, for five minutes."""

    url: str


class EnabledComponents(TypedDict):
    """What people may do and see. The names are LISA's."""

    deleteSessionHistory: bool
    viewMetaData: bool
    editKwargs: bool
    editPromptTemplate: bool
    editChatHistoryBuffer: bool
    editNumOfRagDocument: bool
    uploadRagDocs: bool
    ragSelectionAvailable: bool
    uploadContextDocs: bool
    documentSummarization: bool
    showRagLibrary: bool
    showPromptTemplateLibrary: bool
    modelLibrary: bool
    enableModelComparisonUtility: bool
    enableUserApiTokens: bool


class EnabledComponentsInput(TypedDict):
    """What people may do and see. The names are LISA's."""

    deleteSessionHistory: NotRequired[bool]
    viewMetaData: NotRequired[bool]
    editKwargs: NotRequired[bool]
    editPromptTemplate: NotRequired[bool]
    editChatHistoryBuffer: NotRequired[bool]
    editNumOfRagDocument: NotRequired[bool]
    uploadRagDocs: NotRequired[bool]
    ragSelectionAvailable: NotRequired[bool]
    uploadContextDocs: NotRequired[bool]
    documentSummarization: NotRequired[bool]
    showRagLibrary: NotRequired[bool]
    showPromptTemplateLibrary: NotRequired[bool]
    modelLibrary: NotRequired[bool]
    enableModelComparisonUtility: NotRequired[bool]
    enableUserApiTokens: NotRequired[bool]


class FailureReason(TypedDict):
    """Why a model failed, for the person who must mend it."""

    code: str
    message: str
    fix: str


class Feature(TypedDict):
    """Something a model is good at, such as `summarization` or `imageInput`."""

    name: str
    overview: str


class FeatureInput(TypedDict):
    """Something a model is good at, such as `summarization` or `imageInput`."""

    name: str
    overview: NotRequired[str]


class FiguresView(TypedDict):
    """Counts of requests and tokens, and times to the end and to the first token."""

    requests: int
    failures: int
    unmetered: int
    promptTokens: int
    completionTokens: int
    cachedTokens: int
    totalTokens: int
    latency: Times
    firstToken: Times


class GlobalDefaults(TypedDict):
    """What holds for people who chose nothing themselves."""

    defaultModel: str


class GlobalDefaultsInput(TypedDict):
    """What holds for people who chose nothing themselves."""

    defaultModel: NotRequired[str]


class Health(TypedDict):
    """Everything: failed if anything is."""

    status: Verdict
    deployment: str
    version: str
    checks: list[Check]


class HistoryView(TypedDict):
    """A session, and the end of its active branch: all of it unless `historyTruncated`."""

    session: SessionView
    history: list[LisaMessageView]
    historyTruncated: bool
    sessionId: str
    userId: str
    startTime: str
    name: str | None


class Image(TypedDict):
    """Where the container image comes from."""

    baseImage: str
    type: Literal["asset", "ecr", "registry", "tarball", "external"]


class ImageInput(TypedDict):
    """Where the container image comes from."""

    baseImage: str
    type: NotRequired[Literal["asset", "ecr", "registry", "tarball", "external"]]


class IngestAnswer(TypedDict):
    """The jobs that an ingestion began, and the collection that they are for."""

    jobs: list[JobView]
    collectionId: str
    collectionName: str


class IngestRequest(TypedDict):
    """The body of POST /repository/{repositoryId}/bulk; without `collectionId`, the keys' own."""

    keys: list[str]
    collectionId: NotRequired[str | None]
    embeddingModel: NotRequired[str | None]
    chunkingStrategy: NotRequired[ChunkingStrategyInput | None]
    metadata: NotRequired[LabelsInput | None]


class InlinePicture(TypedDict):
    """A picture in the message itself."""

    url: str
    detail: NotRequired[Detail | None]


class InlinePicturePart(TypedDict):
    """Inline picture part."""

    type: Literal["image_url"]
    image_url: InlinePicture


class JobTotals(TypedDict):
    """How some jobs fare together; `progress` is how much of their work is over, 0 to 1."""

    total: int
    completed: int
    failed: int
    progress: float


class JobView(TypedDict):
    """What became of one request; `progress` is from 0 to 1."""

    id: str
    jobType: JobType
    status: JobStatus
    progress: float
    repositoryId: str
    collectionId: str
    documentId: str
    documentName: str
    ingestionType: Origin
    createdAt: str
    updatedAt: str
    username: str | None
    reason: Reason | None


class JobsAnswer(TypedDict):
    """The jobs that a request began."""

    jobs: list[JobView]


class JobsPage(TypedDict):
    """A page of jobs, the latest first."""

    lastEvaluatedKey: str | None
    hasNextPage: bool
    hasPreviousPage: bool
    jobs: list[JobView]
    totals: JobTotals


class Labels(TypedDict):
    """What people say of a repository, a collection or a document; filters may ask for it."""

    tags: list[str]
    customFields: dict[str, str | bool | int | float]


class LabelsInput(TypedDict):
    """What people say of a repository, a collection or a document; filters may ask for it."""

    tags: NotRequired[list[str]]
    customFields: NotRequired[dict[str, str | bool | int | float]]


class LastDocument(TypedDict):
    """The next page's mark, as LISA's clients send it back."""

    repository_id: str
    document_id: str


class LisaMessage(TypedDict):
    """A message as LISA's clients send it; what else they say of it is not kept."""

    type: Literal["human", "ai", "system"]
    content: str | list[TextPart | PicturePart]


class LisaMessageView(TypedDict):
    """A message of the active branch as LISA's clients read it."""

    type: LisaType
    content: str | list[TextPartView | PicturePartView]
    messageId: str
    metadata: dict[str, Any]
    usage: NotRequired[UsageView]


class LoadBalancerConfig(TypedDict):
    """The load balancer in front of the model's servers."""

    healthCheckConfig: LoadBalancerHealthCheck


class LoadBalancerConfigInput(TypedDict):
    """The load balancer in front of the model's servers."""

    healthCheckConfig: NotRequired[LoadBalancerHealthCheckInput]


class LoadBalancerHealthCheck(TypedDict):
    """How the load balancer asks the server for its health; times in seconds."""

    path: str
    interval: int
    timeout: int
    healthyThresholdCount: int
    unhealthyThresholdCount: int


class LoadBalancerHealthCheckInput(TypedDict):
    """How the load balancer asks the server for its health; times in seconds."""

    path: NotRequired[str]
    interval: NotRequired[int]
    timeout: NotRequired[int]
    healthyThresholdCount: NotRequired[int]
    unhealthyThresholdCount: NotRequired[int]


class MessageFailure(TypedDict):
    """Message failure."""

    code: str
    message: str


class MessageView(TypedDict):
    """A message of the tree as it was sent, and its revision."""

    messageId: str
    parentId: str | None
    role: Literal["user", "assistant", "system"]
    content: str | list[TextPartView | PicturePartView]
    status: MessageStatus
    createdAt: str
    revision: int
    model: NotRequired[str | None]
    reasoning: NotRequired[str | None]
    citations: NotRequired[list[dict[str, Any]] | None]
    error: NotRequired[MessageFailure | None]
    usage: NotRequired[UsageView | None]
    timing: NotRequired[TimingView | None]
    attachments: NotRequired[list[AttachedText] | None]
    parameters: NotRequired[dict[str, Any] | None]


class MessagesView(TypedDict):
    """Messages view."""

    messages: list[MessageView]
    cursor: str | None


class Metric(TypedDict):
    """What the capacity follows."""

    albMetricName: Literal["RequestCountPerTarget", "TargetResponseTime"]
    targetValue: int
    duration: int
    estimatedInstanceWarmup: int


class MetricInput(TypedDict):
    """What the capacity follows."""

    albMetricName: NotRequired[Literal["RequestCountPerTarget", "TargetResponseTime"]]
    targetValue: NotRequired[int]
    duration: NotRequired[int]
    estimatedInstanceWarmup: NotRequired[int]


class ModelAnswer(TypedDict):
    """One model."""

    model: ModelView


class ModelRequest(TypedDict):
    """The body of POST /models. LISA's forms send an empty `apiKey` for none."""

    modelId: str
    modelName: str
    modelType: ModelType
    modelDescription: NotRequired[str | None]
    modelUrl: NotRequired[str | None]
    streaming: NotRequired[bool]
    allowedGroups: NotRequired[list[str]]
    features: NotRequired[list[FeatureInput]]
    litellmParams: NotRequired[ProviderParametersInput]
    fallbacks: NotRequired[list[str]]
    retries: NotRequired[int | None]
    cooldownSeconds: NotRequired[int]
    forwarding: NotRequired[bool]
    hostingType: NotRequired[HostingType | None]
    inferenceContainer: NotRequired[InferenceContainer | None]
    instanceType: NotRequired[str | None]
    containerConfig: NotRequired[ContainerConfigInput | None]
    autoScalingConfig: NotRequired[AutoScalingConfigInput | None]
    loadBalancerConfig: NotRequired[LoadBalancerConfigInput | None]
    force: NotRequired[bool]
    apiKey: NotRequired[str | None]


class ModelView(TypedDict):
    """A model. `contextWindow` is in tokens, null where it is unknown."""

    modelId: str
    modelName: str
    modelType: ModelType
    modelDescription: str | None
    modelUrl: str | None
    streaming: bool
    allowedGroups: list[str]
    features: list[Feature]
    litellmParams: dict[str, Any]
    fallbacks: list[str]
    retries: int
    cooldownSeconds: int
    forwarding: bool
    hostingType: HostingType
    inferenceContainer: InferenceContainer | None
    instanceType: str | None
    containerConfig: ContainerConfig | None
    autoScalingConfig: AutoScalingConfig | None
    loadBalancerConfig: LoadBalancerConfig | None
    force: bool
    status: Literal[
        "Creating", "InService", "Updating", "Stopping", "Stopped", "Starting", "Deleting", "Failed"
    ]
    timeline: list[Moment]
    failureReason: FailureReason | None
    createdAt: str
    updatedAt: str
    contextWindow: int | None
    hasApiKey: bool


class ModelsAnswer(TypedDict):
    """Every model."""

    models: list[ModelView]


class Moment(TypedDict):
    """One entry of the timeline."""

    status: Literal[
        "Creating", "InService", "Updating", "Stopping", "Stopped", "Starting", "Deleting", "Failed"
    ]
    at: str
    note: str


class NamedCollectionView(TypedDict):
    """A collection among those of other repositories."""

    collectionId: str
    repositoryId: str
    name: str
    description: str
    embeddingModel: str
    dimensions: int
    language: str
    chunkingStrategy: ChunkingStrategy
    allowChunkingOverride: bool
    searchSettings: SearchSettings
    metadata: Labels
    allowedGroups: list[str] | None
    default: bool
    status: CollectionStatus
    reason: Reason | None
    createdBy: str
    createdAt: str
    updatedAt: str
    repositoryName: str


class NamedCollectionsPage(TypedDict):
    """A page of the collections of all repositories."""

    lastEvaluatedKey: str | None
    hasNextPage: bool
    hasPreviousPage: bool
    collections: list[NamedCollectionView]
    pagination: Counted


class NewDatabase(TypedDict):
    """A PostgreSQL of RDS: `rdsConfig` without a host. `storage` is in GiB.

    `version` is a major one. The names are those that RDS gives, and may be said.
    """

    dbHost: None
    dbPort: Literal[5432]
    dbName: Literal["postgres"]
    username: Literal["postgres"]
    instanceClass: str
    storage: int
    multiAz: bool
    version: Literal["16", "17"]


class NewDatabaseInput(TypedDict):
    """A PostgreSQL of RDS: `rdsConfig` without a host. `storage` is in GiB.

    `version` is a major one. The names are those that RDS gives, and may be said.
    """

    dbHost: NotRequired[None]
    dbPort: NotRequired[Literal[5432]]
    dbName: NotRequired[Literal["postgres"]]
    username: NotRequired[Literal["postgres"]]
    instanceClass: NotRequired[str]
    storage: NotRequired[int]
    multiAz: NotRequired[bool]
    version: NotRequired[Literal["16", "17"]]


class NewDomain(TypedDict):
    """An OpenSearch domain: `opensearchConfig` without an endpoint.

    One data node stands in one zone, more of them in two. `volumeSize` is in GiB, of each of them.
    """

    endpoint: None
    dataNodes: int
    dataNodeInstanceType: str
    masterNodes: Literal[0, 3, 5]
    masterNodeInstanceType: str
    volumeSize: int


class NewDomainInput(TypedDict):
    """An OpenSearch domain: `opensearchConfig` without an endpoint.

    One data node stands in one zone, more of them in two. `volumeSize` is in GiB, of each of them.
    """

    endpoint: NotRequired[None]
    dataNodes: NotRequired[int]
    dataNodeInstanceType: NotRequired[str]
    masterNodes: NotRequired[Literal[0, 3, 5]]
    masterNodeInstanceType: NotRequired[str]
    volumeSize: NotRequired[int]


class NewMessage(TypedDict):
    """A message of the tree: `parentId` is the one that it answers, null for a first one."""

    messageId: str
    parentId: str | None
    role: Literal["user", "assistant", "system"]
    content: str | list[TextPart | PicturePart]
    status: MessageStatus
    createdAt: NotRequired[str | None]
    model: NotRequired[str | None]
    reasoning: NotRequired[str | None]
    citations: NotRequired[list[dict[str, Any]] | None]
    error: NotRequired[MessageFailure | None]
    usage: NotRequired[TokenUsage | None]
    timing: NotRequired[AnswerTiming | None]
    attachments: NotRequired[list[AttachedText] | None]
    parameters: NotRequired[dict[str, Any] | None]


class NewTokenView(TypedDict):
    """A new token, with what nothing will show again."""

    tokenUUID: str
    name: str
    username: str
    groups: list[str]
    models: list[str] | None
    tokenExpiration: int | None
    createdDate: int
    createdBy: str
    isSystemToken: bool
    isExpired: bool
    isLegacy: bool
    token: str


class OpenSearchConfig(TypedDict):
    """An OpenSearch domain or Serverless collection that is there, by https.

    IAM signs requests to it, unless there is a user with a password in a secret. `engine` is of
    the index of vectors.
    """

    endpoint: str
    username: str | None
    passwordSecretId: str | None
    engine: Literal["faiss", "lucene"]


class OpenSearchConfigInput(TypedDict):
    """An OpenSearch domain or Serverless collection that is there, by https.

    IAM signs requests to it, unless there is a user with a password in a secret. `engine` is of
    the index of vectors.
    """

    endpoint: str
    username: NotRequired[str | None]
    passwordSecretId: NotRequired[str | None]
    engine: NotRequired[Literal["faiss", "lucene"]]


class Parts(TypedDict):
    """How many parts of a summary are done, of how many so far."""

    done: int
    parts: int


class PassageHolder(TypedDict):
    """A passage, where LISA's clients look for it."""

    Document: PassageView


class PassageMetadata(TypedDict):
    """Where a passage stands, with what people said of its document under names of their own."""

    documentId: str
    title: str
    source: str
    headings: list[str]
    pages: list[int] | None
    span: list[int]
    chunks: list[int]
    rank: int
    scores: Scores
    similarity_score: NotRequired[float]


class PassageView(TypedDict):
    """A passage, in LISA's words."""

    page_content: str
    metadata: PassageMetadata


class PicturePart(TypedDict):
    """Picture part."""

    type: Literal["image_url"]
    image_url: InlinePicture | StoredPicture


class PicturePartView(TypedDict):
    """Picture part view."""

    type: Literal["image_url"]
    image_url: PictureView


class PictureView(TypedDict):
    """A picture: a data: address or, of one that is stored, an address that ends in minutes.

    `picture` is what a stored one is called in other messages of its session.
    """

    url: str
    picture: NotRequired[str]
    detail: NotRequired[Detail | None]


class PicturedMessage(TypedDict):
    """A message of any shape, of which the pictures in `content` are stored."""

    content: str | list[TextPart | PicturePart]


class Pipeline(TypedDict):
    """Which objects become documents, and of which collection; null is the default one.

    Each is compared with its bucket when it is made or changed, and once a day. One whose `trigger`
    is `event` follows its bucket's events besides; `schedule` is LISA's older word for `daily`.
    """

    s3Bucket: str
    s3Prefix: str
    trigger: Literal["event", "daily", "schedule"]
    autoRemove: bool
    collectionId: str | None
    chunkingStrategy: ChunkingStrategy | None
    metadata: Labels


class PipelineInput(TypedDict):
    """Which objects become documents, and of which collection; null is the default one.

    Each is compared with its bucket when it is made or changed, and once a day. One whose `trigger`
    is `event` follows its bucket's events besides; `schedule` is LISA's older word for `daily`.
    """

    s3Bucket: str
    s3Prefix: NotRequired[str]
    trigger: NotRequired[Literal["event", "daily", "schedule"]]
    autoRemove: NotRequired[bool]
    collectionId: NotRequired[str | None]
    chunkingStrategy: NotRequired[ChunkingStrategyInput | None]
    metadata: NotRequired[LabelsInput]


class PlanAnswer(TypedDict):
    """A model's plan."""

    plan: PlanView


class PlanView(TypedDict):
    """A plan; null is unknown. `starts` is null where that cannot be known: see `unknowns`."""

    starts: bool | None
    reason: ReasonView | None
    model: PlannedModel | None
    weights: PlannedWeights | None
    memory: PlannedMemory | None
    context: PlannedContext
    instance: PlannedInstance
    price: PlannedPrice | None
    candidates: list[CandidateView]
    notes: list[str]
    unknowns: list[str]


class PlannedContext(TypedDict):
    """How long conversations may be, and how many of that length go at a time."""

    modelTokens: int | None
    requestedTokens: int | None
    largestTokens: int | None
    concurrentFullLengthSequences: float | None


class PlannedInstance(TypedDict):
    """The instance type; of one that is not known there is only the name."""

    instanceType: str
    region: str
    offered: bool | None
    availabilityZones: list[str] | None
    vcpus: NotRequired[int]
    memoryGib: NotRequired[int]
    gpus: NotRequired[int]
    gpuName: NotRequired[str | None]
    gpuMemoryMib: NotRequired[int | None]
    nvmeGb: NotRequired[int]
    volumeGib: NotRequired[int]
    quota: NotRequired[PlannedQuota]


class PlannedMemory(TypedDict):
    """Where the memory goes, all GPUs taken together."""

    gpus: int
    totalBytes: int
    usableBytes: int
    weightsBytes: int
    reserveBytesEstimated: int
    cacheBytes: int
    cacheGib: float


class PlannedModel(TypedDict):
    """The model's architecture, as its configuration tells it."""

    architecture: str | None
    attentionHeads: int | None
    keyValueHeads: int | None
    fullAttentionLayers: int | None
    windowedLayers: int
    windowTokens: int | None
    latentAttention: bool
    encoderOnly: bool
    dataType: str | None
    quantization: str | None
    cacheBytesPerToken: int | None


class PlannedPrice(TypedDict):
    """What the model costs with as few and as many instances as it may have."""

    perHour: float
    currency: str
    asOf: str
    kind: str
    hoursPerMonth: int
    perHourAtMinCapacity: float
    perHourAtMaxCapacity: float
    perMonthAtMinCapacity: float
    perMonthAtMaxCapacity: float


class PlannedQuota(TypedDict):
    """The account's limit of running vCPUs, and what the model wants of it."""

    name: str
    limitVcpus: float | None
    wantedVcpusAtMinCapacity: int
    wantedVcpusAtMaxCapacity: int


class PlannedWeights(TypedDict):
    """What the server loads."""

    format: str
    files: int
    bytes: int
    gib: float
    elementsByDataType: dict[str, int] | None


class PriceTag(TypedDict):
    """One instance's price."""

    perHour: float
    currency: str
    asOf: str
    kind: str


class ProviderParametersInput(TypedDict):
    """LiteLLM's own names, so they are not camelCase; times in seconds.

    Those of a request go first: what a caller says of its temperature counts.
    """

    api_version: NotRequired[str | None]
    aws_region_name: NotRequired[str | None]
    region_name: NotRequired[str | None]
    vertex_location: NotRequired[str | None]
    vertex_project: NotRequired[str | None]
    watsonx_region_name: NotRequired[str | None]
    project_id: NotRequired[str | None]
    space_id: NotRequired[str | None]
    organization: NotRequired[str | None]
    timeout: NotRequired[float | None]
    stream_timeout: NotRequired[float | None]
    drop_params: NotRequired[bool | None]
    merge_reasoning_content_in_choices: NotRequired[bool | None]
    temperature: NotRequired[float | None]
    top_p: NotRequired[float | None]
    top_k: NotRequired[int | None]
    max_tokens: NotRequired[int | None]
    max_completion_tokens: NotRequired[int | None]
    presence_penalty: NotRequired[float | None]
    frequency_penalty: NotRequired[float | None]
    seed: NotRequired[int | None]
    reasoning_effort: NotRequired[Literal["none", "minimal", "low", "medium", "high"] | None]
    verbosity: NotRequired[Literal["low", "medium", "high"] | None]
    service_tier: NotRequired[str | None]
    dimensions: NotRequired[int | None]
    input_type: NotRequired[str | None]
    input_cost_per_token: NotRequired[float | None]
    output_cost_per_token: NotRequired[float | None]
    cache_read_input_token_cost: NotRequired[float | None]


class RdsConfig(TypedDict):
    """A PostgreSQL that is there, with the vector extension.

    With `passwordSecretId` the user signs in by the password in that secret; without, by a token
    that IAM signs. `tls` may `verify` who answers, or be `off` for a database on this machine.
    """

    dbHost: str
    dbPort: int
    dbName: str
    username: str
    passwordSecretId: str | None
    tls: Literal["require", "verify", "off"]


class RdsConfigInput(TypedDict):
    """A PostgreSQL that is there, with the vector extension.

    With `passwordSecretId` the user signs in by the password in that secret; without, by a token
    that IAM signs. `tls` may `verify` who answers, or be `off` for a database on this machine.
    """

    dbHost: str
    dbPort: NotRequired[int]
    dbName: NotRequired[str]
    username: NotRequired[str]
    passwordSecretId: NotRequired[str | None]
    tls: NotRequired[Literal["require", "verify", "off"]]


class Reason(TypedDict):
    """Why something failed, for the person who must mend it."""

    code: str
    message: str
    fix: str


class ReasonView(TypedDict):
    """What keeps the model from starting, and what helps."""

    code: str
    message: str
    fix: str


class Refusal(TypedDict):
    """Why a request was refused, or failed: what happened, and what to do next."""

    error: str
    message: str
    details: NotRequired[list[dict[str, Any]]]


class RemovalRequest(TypedDict):
    """The body of DELETE /repository/{repositoryId}/document."""

    documentIds: list[str]


class RenameSession(TypedDict):
    """The body of PUT /session/{sessionId}/name."""

    name: str


class RepositoryRequest(TypedDict):
    """The body of POST /repository."""

    repositoryId: str
    repositoryName: NotRequired[str | None]
    description: NotRequired[str]
    embeddingModelId: str
    language: NotRequired[str]
    type: StoreType
    allowedGroups: NotRequired[list[str]]
    metadata: NotRequired[LabelsInput]
    pipelines: NotRequired[list[PipelineInput]]
    rdsConfig: NotRequired[RdsConfigInput | NewDatabaseInput | None]
    opensearchConfig: NotRequired[OpenSearchConfigInput | NewDomainInput | None]


class RepositoryUpdate(TypedDict):
    """The body of PUT: what is not sent stays. Database, model and language are for ever."""

    repositoryName: NotRequired[str | None]
    description: NotRequired[str | None]
    allowedGroups: NotRequired[list[str] | None]
    metadata: NotRequired[LabelsInput | None]
    pipelines: NotRequired[list[PipelineInput] | None]


class RepositoryView(TypedDict):
    """A repository. What may be left out is shown to administrators only."""

    repositoryId: str
    repositoryName: str
    description: str
    embeddingModelId: str
    language: str
    defaultCollectionId: str
    type: StoreType
    allowedGroups: list[str]
    metadata: Labels
    status: RepositoryStatus
    supportsHybridSearch: bool
    createdAt: str
    updatedAt: str
    pipelines: NotRequired[list[Pipeline]]
    rdsConfig: NotRequired[RdsConfig | None]
    opensearchConfig: NotRequired[OpenSearchConfig | None]
    infrastructure: NotRequired[NewDatabase | NewDomain | None]
    createdBy: NotRequired[str]
    reason: NotRequired[Reason | None]


class RevisionView(TypedDict):
    """Revision view."""

    messageId: str
    revision: int


class RevisionsView(TypedDict):
    """Revisions view."""

    messages: list[RevisionView]


class RevocationAnswer(TypedDict):
    """What is said of a token that is no more."""

    message: str
    tokenUUID: str


class Scores(TypedDict):
    """What each stage said of a passage; null where it did not judge."""

    score: float
    similarity: float | None
    bm25: float | None
    fused: float | None
    rerank: float | None


class SearchAnswer(TypedDict):
    """The passages that answer a question best, in their order."""

    docs: list[PassageHolder]
    metadata: SearchMetadata


class SearchMetadata(TypedDict):
    """How the question was answered, and what has to be said of it."""

    search_mode: Mode
    actual_mode_used: Mode
    hybrid_supported: bool
    backend: StoreType
    vector_weight: float
    rerank_model: str | None
    warnings: list[str]
    repositoryId: str
    collectionId: str
    embeddingModel: str


class SearchSettings(TypedDict):
    """How a collection is searched unless a question says otherwise.

    `vectorWeight` null is the default, 0.5. `neighbours` is how many chunks before and after a hit
    are shown with it. `rerankModel` is a model of type rerank, or null.
    """

    mode: Literal["hybrid", "vector", "text"]
    vectorWeight: float | None
    rerankModel: str | None
    neighbours: int


class SearchSettingsInput(TypedDict):
    """How a collection is searched unless a question says otherwise.

    `vectorWeight` null is the default, 0.5. `neighbours` is how many chunks before and after a hit
    are shown with it. `rerankModel` is a model of type rerank, or null.
    """

    mode: NotRequired[Literal["hybrid", "vector", "text"]]
    vectorWeight: NotRequired[float | None]
    rerankModel: NotRequired[str | None]
    neighbours: NotRequired[int]


class SessionSummaryView(TypedDict):
    """A session in a list. Times are ISO 8601 in UTC; `snippet` says where words were found."""

    sessionId: str
    name: str | None
    firstHumanMessage: str
    startTime: str
    createTime: str
    lastUpdated: str
    messageCount: int
    totalTokensUsed: int
    pinned: bool
    snippet: NotRequired[str]


class SessionView(TypedDict):
    """A session without its messages."""

    sessionId: str
    name: str | None
    firstHumanMessage: str
    startTime: str
    createTime: str
    lastUpdated: str
    messageCount: int
    totalTokensUsed: int
    pinned: bool
    snippet: NotRequired[str]
    configuration: dict[str, Any]
    activeLeaf: str | None


class SessionsView(TypedDict):
    """Sessions view."""

    sessions: list[SessionSummaryView]
    cursor: str | None


class StoredPicture(TypedDict):
    """A picture that `attachImage` stored. Its `url` is where it could be read, and is not kept."""

    picture: str
    url: NotRequired[str]
    detail: NotRequired[Detail | None]


class SummaryRequest(TypedDict):
    """The body of POST /summary. `focus` is what the reader wants to know above all."""

    key: str
    model: str
    focus: NotRequired[str]


class SummaryView(TypedDict):
    """A summary as the API shows it; its text is null until it is COMPLETED."""

    summaryId: str
    status: Literal["PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"]
    model: str
    title: str
    summary: str | None
    warnings: list[str]
    reason: Reason | None
    createdAt: str
    progress: Parts


class SystemBanner(TypedDict):
    """A line above and below every page, such as a classification. Plain text."""

    isEnabled: bool
    text: str
    textColor: str
    backgroundColor: str


class SystemBannerInput(TypedDict):
    """A line above and below every page, such as a classification. Plain text."""

    isEnabled: NotRequired[bool]
    text: NotRequired[str]
    textColor: NotRequired[str]
    backgroundColor: NotRequired[str]


class TemplateChange(TypedDict):
    """The body of PUT. `revision` is the one that was read: another since then is a conflict."""

    title: str
    body: str
    type: PromptType
    groups: NotRequired[list[str]]
    revision: int


class TemplateView(TypedDict):
    """A template as the API shows it; `mine` says whether it is the caller's."""

    id: str
    title: str
    body: str
    type: PromptType
    groups: list[str]
    owner: str
    ownerName: str
    created: str
    updated: str
    revision: int
    mine: bool


class TemplateWish(TypedDict):
    """The body of POST. `groups` are `lisa:public` and `group:<name>`; none keeps it to oneself."""

    title: str
    body: str
    type: PromptType
    groups: NotRequired[list[str]]


class TemplatesPage(TypedDict):
    """A page of templates. `cursor` asks for the next one, null at the end: a page may be short."""

    Items: list[TemplateView]
    cursor: str | None


class TextPart(TypedDict):
    """Text part."""

    type: Literal["text"]
    text: str


class TextPartView(TypedDict):
    """Text part view."""

    type: Literal["text"]
    text: str


class Times(TypedDict):
    """How long requests took, in milliseconds; null where there were none."""

    mean: int | None
    p50: int | None
    p95: int | None
    p99: int | None


class TimingView(TypedDict):
    """How long an answer took, in milliseconds."""

    firstTokenMs: NotRequired[float | None]
    totalMs: NotRequired[float | None]


class TokenUsage(TypedDict):
    """Token usage."""

    promptTokens: int
    completionTokens: int
    totalTokens: int
    cachedTokens: NotRequired[int | None]
    cost: NotRequired[float | None]


class TokenView(TypedDict):
    """What people see of a token, in the words of LISA's token API; `models` is ours.

    Times are in Unix seconds. `models` of null are all that the groups may call.
    """

    tokenUUID: str
    name: str
    username: str
    groups: list[str]
    models: list[str] | None
    tokenExpiration: int | None
    createdDate: int
    createdBy: str
    isSystemToken: bool
    isExpired: bool
    isLegacy: bool


class TokensAnswer(TypedDict):
    """A page of tokens; `nextToken` asks for the next one, null at the end."""

    tokens: list[TokenView]
    nextToken: str | None


class UpdateConfiguration(TypedDict):
    """The body of PUT. `versionId` is the version that was read: another since then is a conflict.

    LISA's clients send back all that they were shown; who changed it and when is ours to say.
    """

    configuration: ConfigurationInput
    configScope: NotRequired[Literal["global"]]
    changeReason: NotRequired[str]
    versionId: NotRequired[int | None]


class UpdateMessage(TypedDict):
    """The body of PUT .../messages/{messageId}: what has come meanwhile of what was streaming."""

    revision: int
    content: NotRequired[str | list[TextPart | InlinePicturePart] | None]
    reasoning: NotRequired[str | None]
    citations: NotRequired[list[dict[str, Any]] | None]
    usage: NotRequired[TokenUsage | None]
    timing: NotRequired[AnswerTiming | None]
    status: NotRequired[MessageStatus | None]
    error: NotRequired[MessageFailure | None]


class UpdateModel(TypedDict):
    """The body of PUT /models/{modelId}.

    What is given takes the place of what was, whole; only variables of a container are merged.
    """

    autoScalingInstanceConfig: NotRequired[AutoScalingInstanceConfig | None]
    enabled: NotRequired[bool | None]
    modelType: NotRequired[ModelType | None]
    modelDescription: NotRequired[str | None]
    streaming: NotRequired[bool | None]
    allowedGroups: NotRequired[list[str] | None]
    features: NotRequired[list[FeatureInput] | None]
    litellmParams: NotRequired[ProviderParametersInput | None]
    fallbacks: NotRequired[list[str] | None]
    retries: NotRequired[int | None]
    cooldownSeconds: NotRequired[int | None]
    forwarding: NotRequired[bool | None]
    containerConfig: NotRequired[ContainerChange | None]
    apiKey: NotRequired[str | None]


class UpdateSession(TypedDict):
    """The body of PUT /session/{sessionId}. With `messages` it is that of LISA's clients.

    These send all there is of the conversation: what is new of it is added. They may send other
    fields, too, which are not kept.
    """

    name: NotRequired[str | None]
    activeLeaf: NotRequired[str | None]
    configuration: NotRequired[dict[str, Any] | None]
    pinned: NotRequired[bool | None]
    messages: NotRequired[list[LisaMessage] | None]


class UpdateToken(TypedDict):
    """The body of PUT /api-tokens/{tokenUUID}: a new name, another end, or both."""

    tokenExpiration: NotRequired[int | None]
    name: NotRequired[str | None]


class UploadAnswer(TypedDict):
    """An HTML form's address and fields, by which one file is uploaded as `key`, in seconds."""

    url: str
    fields: dict[str, str]
    key: str
    expiresIn: int


class UploadForm(TypedDict):
    """An HTML form's address and fields: who posts a file with them writes the object `key`.

    `expires_in` is in seconds.
    """

    key: str
    url: str
    fields: dict[str, str]
    expiresIn: int


UsageReport = TypedDict(
    "UsageReport",
    {
        "from": "str",
        "to": "str",
        "by": "By",
        "filters": "dict[str, str]",
        "total": "FiguresView",
        "rows": "list[UsageRow]",
        "omitted": "int",
    },
)


class UsageRow(TypedDict):
    """The figures of one day, model, user, token or group: whichever was asked for."""

    requests: int
    failures: int
    unmetered: int
    promptTokens: int
    completionTokens: int
    cachedTokens: int
    totalTokens: int
    latency: Times
    firstToken: Times
    day: NotRequired[str]
    model: NotRequired[str]
    user: NotRequired[str]
    token: NotRequired[str]
    group: NotRequired[str]


class UsageView(TypedDict):
    """What a message took, in tokens; `cost` is in dollars."""

    promptTokens: int
    completionTokens: int
    totalTokens: int
    cachedTokens: NotRequired[int | None]
    cost: NotRequired[float | None]


class ListTokensQuery(TypedDict):
    """The query of listTokens."""

    username: NotRequired[str]
    limit: NotRequired[int]
    nextToken: NotRequired[str]


class GetConfigurationQuery(TypedDict):
    """The query of getConfiguration."""

    configScope: NotRequired[Literal["global"]]


class ListPromptTemplatesQuery(TypedDict):
    """The query of listPromptTemplates."""

    type: NotRequired[PromptType]
    public: NotRequired[bool]
    pageSize: NotRequired[int]
    cursor: NotRequired[str]


GetUsageQuery = TypedDict(
    "GetUsageQuery",
    {
        "from": "NotRequired[str]",
        "to": "NotRequired[str]",
        "by": "NotRequired[By]",
        "user": "NotRequired[str]",
        "token": "NotRequired[str]",
        "group": "NotRequired[str]",
        "model": "NotRequired[str]",
    },
)


class ListAllCollectionsQuery(TypedDict):
    """The query of listAllCollections."""

    pageSize: NotRequired[int]
    page: NotRequired[int]
    filter: NotRequired[str]
    sortBy: NotRequired[Literal["name", "createdAt", "updatedAt"]]
    sortOrder: NotRequired[SortOrder]
    lastEvaluatedKey: NotRequired[str]
    status: NotRequired[CollectionStatus]


class DeleteRepositoryQuery(TypedDict):
    """The query of deleteRepository."""

    storeIsLost: NotRequired[bool]


class SearchRepositoryQuery(TypedDict):
    """The query of searchRepository."""

    query: str
    topK: NotRequired[int]
    collectionId: NotRequired[str]
    modelName: NotRequired[str]
    score: NotRequired[bool]
    searchMode: NotRequired[Literal["hybrid", "vector", "text"]]
    vectorWeight: NotRequired[float]
    lexicalWeight: NotRequired[float]
    filter: NotRequired[dict[str, str | bool | int | float | list[str | bool | int | float]]]
    rerank: NotRequired[bool | str]
    neighbours: NotRequired[int]


class ListCollectionsQuery(TypedDict):
    """The query of listCollections."""

    pageSize: NotRequired[int]
    page: NotRequired[int]
    filter: NotRequired[str]
    sortBy: NotRequired[Literal["name", "createdAt", "updatedAt"]]
    sortOrder: NotRequired[SortOrder]
    lastEvaluatedKey: NotRequired[str]
    status: NotRequired[CollectionStatus]


class IngestDocumentsQuery(TypedDict):
    """The query of ingestDocuments."""

    chunkSize: NotRequired[str]
    chunkOverlap: NotRequired[str]


class ListDocumentsQuery(TypedDict):
    """The query of listDocuments."""

    pageSize: NotRequired[int]
    page: NotRequired[int]
    filter: NotRequired[str]
    sortBy: NotRequired[Literal["documentName", "uploadDate", "updatedAt", "size"]]
    sortOrder: NotRequired[SortOrder]
    lastEvaluatedKey: NotRequired[str]
    collectionId: NotRequired[str]
    status: NotRequired[StatusInput]


class ListJobsQuery(TypedDict):
    """The query of listJobs."""

    pageSize: NotRequired[int]
    lastEvaluatedKey: NotRequired[str]
    timeLimit: NotRequired[int]


class ListSessionsQuery(TypedDict):
    """The query of listSessions."""

    pageSize: NotRequired[int]
    cursor: NotRequired[str]
    query: NotRequired[str]


class ListMessagesQuery(TypedDict):
    """The query of listMessages."""

    pageSize: NotRequired[int]
    cursor: NotRequired[str]
