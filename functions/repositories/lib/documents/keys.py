"""Keys of objects: where uploads lie, whose they are, and which document an object is. Pure.

An upload lies under `uploads/{repository}/{collection}/{owner}/{random}/{file name}`. The server
makes the key, so that nobody writes where another's files are.
"""

import hashlib
import re
import unicodedata
import uuid
from typing import NamedTuple

from kernel.ids import new_id

UPLOADS = "uploads/"
STAGING = "staging/"
ATTACHMENTS = "attachments/"
# What lies there in our own bucket is somebody's, or is being worked on: no pipeline reads it.
PRIVATE = (UPLOADS, STAGING, ATTACHMENTS)
# Documents are one only if repository, collection, bucket and key are the same.
_DOCUMENTS = uuid.UUID("6f1a44c5-3f0e-5d6c-9d0c-2f4f0f0b7a11")
_UNSAFE = re.compile(r"[^\w.,()\[\]+@=&' -]+")
_LONGEST_NAME = 150
_LONGEST_SUFFIX = 20


class Where(NamedTuple):
    """An object's place."""

    bucket: str
    key: str


class Upload(NamedTuple):
    """What the key of an upload says."""

    repository_id: str
    collection_id: str
    owner: str
    name: str


def owner_of(subject: str) -> str:
    """Return what stands for a caller in keys: the identity provider's name for them is no one's
    business who sees a bucket's listing."""
    return hashlib.sha256(subject.encode()).hexdigest()[:32]


def upload_key(repository_id: str, collection_id: str, subject: str, file_name: str) -> str:
    """Return a new key for a caller's file; no two are the same."""
    owner = owner_of(subject)
    name = safe_name(file_name)
    return f"{UPLOADS}{repository_id}/{collection_id}/{owner}/{new_id()}/{name}"


def upload_of(key: str) -> Upload | None:
    """Return what an upload's key says, None for any other key."""
    match key.split("/"):
        case ["uploads", repository_id, collection_id, owner, _, name] if name:
            return Upload(repository_id, collection_id, owner, name)
    return None


def safe_name(file_name: str) -> str:
    """Return a file's name without folders and without what systems and headers choke on."""
    plain = unicodedata.normalize("NFC", file_name).replace("\\", "/").rpartition("/")[2]
    clean = _UNSAFE.sub("_", plain).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if dot and stem and len(suffix) <= _LONGEST_SUFFIX:
        return f"{stem[:_LONGEST_NAME]}.{suffix}"
    return clean[:_LONGEST_NAME] or "file"


def name_in(key: str) -> str:
    """Return the name of the file that an object was."""
    return key.rpartition("/")[2]


def document_id(repository_id: str, collection_id: str, where: Where) -> str:
    """Return the id of the document that an object is in a collection."""
    parts = (repository_id, collection_id, *where)
    return str(uuid.uuid5(_DOCUMENTS, "\n".join(parts)))
