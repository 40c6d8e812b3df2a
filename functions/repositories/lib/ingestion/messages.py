"""What the queues of ingestion carry. Pure."""

from pydantic import BaseModel


class _Bucket(BaseModel):
    name: str


class _Object(BaseModel):
    key: str
    sequencer: str | None = None


class Notice(BaseModel):
    """Word of an object that may have changed, shaped as S3 tells the bus.

    `repository_id` is the repository whose pipeline was compared with its bucket; None where S3
    itself tells, which pipelines without a trigger `event` do not listen to.
    """

    bucket: _Bucket
    object: _Object
    repository_id: str | None = None


class Stretch(BaseModel):
    """A pipeline, by its bucket and prefix, and what of it is to be compared: keys after `after`.

    `daily` says that nobody changed the pipeline, so that what it says of documents is no news.
    """

    repository_id: str
    bucket: str
    prefix: str
    after: str = ""
    daily: bool = False
