"""Templates in S3 are found by each form of their address.

Symptom: CreateStack with `https://bucket.s3.region.amazonaws.com/key` fails with `Template not
found`; ministack reads only the path, and takes its first part for the bucket. AWS takes both the
virtual-hosted and the path form.
"""

from typing import Any
from urllib.parse import urlparse

from ministack.services.cloudformation import helpers

_resolve_document = helpers._resolve_document


def path_form(url: str) -> str:
    """The address with the bucket in its path; unchanged when it is there already."""
    address = urlparse(url)
    for mark in (".s3.", ".s3-"):
        bucket, found, service = (address.hostname or "").partition(mark)
        if found:
            return f"https://s3.{service}/{bucket}{address.path}"
    return url


def _resolve(params: dict[str, Any], body_key: str, url_key: str, label: str) -> Any:
    url = helpers._p(params, url_key)
    if url:
        params = {**params, url_key: [path_form(url)]}
    return _resolve_document(params, body_key, url_key, label)


def apply() -> None:
    """Rewrite the address before it is read."""
    helpers._resolve_document = _resolve
