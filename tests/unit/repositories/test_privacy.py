"""What people write and what documents say is in no error that a log may keep."""

import pytest
from pydantic import BaseModel, ValidationError

from catalogue.collection import Collection
from catalogue.listing import CollectionsQuery
from catalogue.question import SearchQuery
from context.summary import Summary, SummaryRequest
from documents.document import Document
from documents.requests import DocumentsQuery, IngestRequest
from searching.grounding import GroundingQuestion

SECRET = "the-merger-is-on-monday"


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (SearchQuery, "collectionId"),
        (GroundingQuestion, "query"),
        (SummaryRequest, "focus"),
        (IngestRequest, "metadata"),
        (CollectionsQuery, "sortBy"),
        (DocumentsQuery, "sortBy"),
        (Summary, "parts"),
        (Document, "figures"),
        (Collection, "metadata"),
    ],
)
def test_what_cannot_be_read_is_not_repeated(model: type[BaseModel], field: str) -> None:
    # As a row would be that another version wrote.
    sent = {field: [SECRET]}
    with pytest.raises(ValidationError) as refused:
        model.model_validate(sent)
    assert field in str(refused.value)
    assert SECRET not in str(refused.value)
