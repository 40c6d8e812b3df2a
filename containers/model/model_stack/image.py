"""Where a container image comes from, and so what its instances must be allowed to pull."""

import hashlib
import re
from dataclasses import dataclass

# Pulled as they are named; of type `ecr` and without a registry: from our own.
PULLABLE = ("ecr", "registry", "external")
# Built or loaded beforehand by `make stage-image`, which pushes them to our own registry.
STAGED = ("asset", "tarball")
_HOST = re.compile(
    r"(?P<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?P<region>[a-z0-9-]+)\.[^/]+/(?P<path>.+)"
)
_ARN = re.compile(
    r"arn:[a-z0-9-]+:ecr:(?P<region>[a-z0-9-]+):(?P<account>\d{12}):repository/(?P<path>.+)"
)
# https://docs.docker.com/reference/cli/docker/image/tag: what a tag may be.
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,127}")
_LONGEST_TAG = 128
_HASH_LENGTH = 16
_ENDS_LIKE_A_HASH = re.compile(rf"-[0-9a-f]{{{_HASH_LENGTH}}}")


@dataclass(frozen=True)
class Image:
    """An image reference; `repository` only for one in ECR, account and region if it names them.

    `needs_registry`: the reference lacks the host of ECR, whose domain only the partition knows.
    """

    reference: str
    repository: str = ""
    account: str = ""
    region: str = ""
    needs_registry: bool = False


def image_of(reference: str, image_type: str, staged_in: str) -> Image:
    """Read a payload's image; `staged_in` is where `make stage-image` puts our container's images.

    Raises ValueError for a type that is none of PULLABLE and STAGED.
    """
    if image_type in STAGED:
        return Image(f"{staged_in}:{staged_tag(reference)}", staged_in, needs_registry=True)
    if image_type not in PULLABLE:
        raise ValueError(
            f"An image cannot be of type `{image_type}`. "
            f"Give it as one of: {', '.join((*STAGED, *PULLABLE))}."
        )
    return _pullable(reference, image_type)


def staging_repository(deployment_name: str, inference_container: str) -> str:
    """Name the ECR repository of our own images of one kind of server."""
    return f"{deployment_name}/{inference_container}"


def staged_tag(reference: str) -> str:
    """Turn the name of what was built or loaded into the tag under which it was pushed.

    Different references give different tags: `/` becomes `__` and `:` becomes `--`, and where that
    could be read in two ways, or is no tag, a hash of the reference follows.
    """
    slug = reference.replace("/", "__").replace(":", "--")
    readable = slug.replace("__", "/").replace("--", ":") == reference
    looks_hashed = _ENDS_LIKE_A_HASH.fullmatch(slug[-_HASH_LENGTH - 1 :])
    if readable and _TAG.fullmatch(slug) and not looks_hashed:
        return slug
    digest = hashlib.sha256(reference.encode()).hexdigest()[:_HASH_LENGTH]
    kept = re.sub(r"[^A-Za-z0-9._-]", "_", slug).lstrip(".-")[: _LONGEST_TAG - _HASH_LENGTH - 1]
    return f"{kept or 'image'}-{digest}"


def _pullable(reference: str, image_type: str) -> Image:
    if found := _HOST.fullmatch(reference):
        return Image(reference, _repository(found["path"]), found["account"], found["region"])
    if found := _ARN.fullmatch(reference):
        path = found["path"]
        return Image(path, _repository(path), found["account"], found["region"], True)
    if image_type == "ecr" and not _names_a_registry(reference):
        return Image(reference, _repository(reference), needs_registry=True)
    return Image(reference)


def _repository(path: str) -> str:
    return path.partition("@")[0].partition(":")[0]


def _names_a_registry(reference: str) -> bool:
    first, slash, _ = reference.partition("/")
    return bool(slash) and ("." in first or ":" in first or first == "localhost")
