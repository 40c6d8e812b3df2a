"""What people may send, at its edges."""

import json
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from catalogue.base import Labels
from catalogue.collection import ChunkingStrategy, CollectionRequest, CollectionUpdate
from catalogue.connection import OpenSearchConfig, RdsConfig
from catalogue.pipeline import Pipeline
from catalogue.question import SearchQuery
from catalogue.repository import RepositoryRequest, RepositoryUpdate
from context import attachment
from context.summary import SummaryRequest
from documents.requests import DocumentsQuery, IngestRequest, RemovalRequest, UploadRequest
from tests.support.repository_world import wish
from tests.support.sources import ROOT


@pytest.mark.parametrize(
    ("example", "payload"),
    [
        ("create_repository", RepositoryRequest),
        ("update_repository", RepositoryUpdate),
        ("create_collection", CollectionRequest),
        ("update_collection", CollectionUpdate),
        ("create_upload", UploadRequest),
        ("ingest_documents", IngestRequest),
        ("delete_documents", RemovalRequest),
        ("search_repository", SearchQuery),
        ("list_documents", DocumentsQuery),
        ("create_attachment_form", attachment.UploadRequest),
        ("read_attachment", attachment.AttachmentRequest),
        ("create_summary", SummaryRequest),
    ],
)
def test_the_examples_can_be_sent(example: str, payload: type[BaseModel]) -> None:
    text = (ROOT / f"events/http/{example}.json").read_text("utf-8")
    sent = payload.model_validate_json(text)
    assert len(sent.model_fields_set) == len(json.loads(text))


@pytest.mark.parametrize("name", ["abc", "hr-docs", "0123456789abcdefghij"])
def test_an_id_is_three_to_twenty_small_letters_digits_and_dashes(name: str) -> None:
    assert RepositoryRequest.model_validate(wish(repositoryId=name)).repository_id == name


@pytest.mark.parametrize("name", ["ab", "-ab", "HR", "hr_docs", "a" * 21, "hr docs", "hr\n", ""])
def test_no_other_id_is_one(name: str) -> None:
    with pytest.raises(ValidationError):
        RepositoryRequest.model_validate(wish(repositoryId=name))


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254/latest",
        "db;drop",
        "user@db",
        "db:5432",
        "",
        "-db",
        "db\n",
        "a" * 300,
        "d b",
    ],
)
def test_a_host_is_a_host_and_nothing_else(host: str) -> None:
    with pytest.raises(ValidationError):
        RdsConfig.model_validate({"dbHost": host, "passwordSecretId": "x"})


@pytest.mark.parametrize(
    "host",
    [
        "169.254.169.254",
        "169.254.170.2",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "0.0.0.0",
    ],
)
def test_no_database_is_where_machines_get_their_credentials(host: str) -> None:
    with pytest.raises(ValidationError):
        RdsConfig.model_validate({"dbHost": host, "passwordSecretId": "x"})
    with pytest.raises(ValidationError):
        OpenSearchConfig(endpoint=f"https://{host}")


@pytest.mark.parametrize(
    ("endpoint", "serverless"),
    [
        ("https://search-x.eu-west-1.es.amazonaws.com", False),
        ("https://abc.eu-west-1.aoss.amazonaws.com/", True),
        ("https://127.0.0.1:9200", False),
    ],
)
def test_an_endpoint_says_which_service_it_is(endpoint: str, serverless: bool) -> None:
    assert OpenSearchConfig(endpoint=endpoint).serverless is serverless


@pytest.mark.parametrize(
    "changes",
    [
        {"endpoint": "http://search.example"},
        {"endpoint": "https://user:pw@search.example"},
        {"endpoint": "https://search.example/path"},
        {"endpoint": "https://search.example?x"},
        {"endpoint": "https://search.example", "username": "u"},
        {"endpoint": "https://search.example", "passwordSecretId": "s"},
    ],
)
def test_an_endpoint_is_https_and_a_host(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        OpenSearchConfig.model_validate(changes)


def test_labels_are_joined_and_the_nearer_wins() -> None:
    above = Labels(tags=["a", "b"], custom_fields={"x": 1, "y": 2})
    mine = Labels(tags=["b", "c"], custom_fields={"y": 3})
    assert mine.under(above) == Labels(tags=["a", "b", "c"], custom_fields={"x": 1, "y": 3})


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [("a/", "a/b/", True), ("", "x", True), ("a/", "a/", True), ("a/", "b/", False)],
)
def test_pipelines_overlap_where_an_object_could_be_of_both(
    one: str, other: str, overlap: bool
) -> None:
    first, second = (Pipeline(s3_bucket="files", s3_prefix=prefix) for prefix in (one, other))
    assert first.overlaps(second) is second.overlaps(first) is overlap
    elsewhere = Pipeline(s3_bucket="other", s3_prefix=other)
    assert not first.overlaps(elsewhere)


def test_null_is_a_value_for_groups_alone() -> None:
    sent = CollectionUpdate.model_validate({"allowedGroups": None, "name": None, "description": ""})
    assert sent.changes() == {"allowed_groups": None, "description": ""}


def test_no_chunk_is_mostly_overlap() -> None:
    assert ChunkingStrategy(size=100, overlap=49).overlap == 49
    with pytest.raises(ValidationError):
        ChunkingStrategy(size=100, overlap=50)


@pytest.mark.parametrize(
    ("asked", "weight"),
    [
        ({}, None),
        ({"vectorWeight": "0.7"}, 0.7),
        ({"lexicalWeight": "0.25"}, 0.75),
        ({"vectorWeight": "0", "lexicalWeight": "1"}, 0.0),
        ({"vectorWeight": "0.3", "lexicalWeight": "0.7"}, 0.3),
    ],
)
def test_a_weight_may_be_told_from_either_side(asked: dict[str, str], weight: float | None) -> None:
    assert SearchQuery.model_validate({"query": "x"} | asked).weight == weight


def test_what_lisa_sends_besides_is_left_alone() -> None:
    query = {"query": "x", "repositoryType": "pgvector", "rerank": "bge-reranker"}
    assert SearchQuery.model_validate(query).rerank == "bge-reranker"


@pytest.mark.parametrize(
    "value",
    ["x" * 501, "a\0b", 2**60, 1e300, 1e-300, float("nan"), float("inf"), None, ["x"], {}],
)
def test_a_custom_field_is_what_table_and_database_can_hold(value: object) -> None:
    with pytest.raises(ValidationError):
        Labels.model_validate({"customFields": {"field": value}})


@pytest.mark.parametrize(
    "text", ['{"f": "\\ud800"}', '{"f": NaN}', '{"f": 1e999}', '{"f": "\\u0000"}']
)
def test_a_filter_asks_only_for_what_may_be_there(text: str) -> None:
    with pytest.raises(ValidationError):
        SearchQuery.model_validate({"query": "x", "filter": text})


def test_many_large_things_are_refused_together() -> None:
    field = {f"f{number}": "\u20ac" * 500 for number in range(50)}
    pipelines = [
        {"s3Bucket": "files", "s3Prefix": f"{number}/", "metadata": {"customFields": field}}
        for number in range(4)
    ]
    sent = RepositoryUpdate.model_validate({"pipelines": pipelines[:2]})
    assert len(sent.changes()["pipelines"]) == 2
    with pytest.raises(ValidationError, match="200,000 bytes"):
        RepositoryUpdate.model_validate({"pipelines": pipelines})
