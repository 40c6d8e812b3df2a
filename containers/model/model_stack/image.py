"""Where a container image comes from, and so what its instances must be allowed to pull."""

import re
from dataclasses import dataclass

PULLABLE = ("asset", "ecr", "registry")
_ECR = re.compile(
    r"(?P<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?P<region>[a-z0-9-]+)\.[^/]+/(?P<path>.+)"
)


@dataclass(frozen=True)
class Image:
    """An image reference; `repository` only for one in ECR, account and region if it names them."""

    reference: str
    repository: str = ""
    account: str = ""
    region: str = ""


def image_of(reference: str, image_type: str) -> Image:
    """Read a payload's image; of type `ecr` and without a registry it lies in our own account."""
    if image_type not in PULLABLE:
        raise ValueError(
            f"An image of type `{image_type}` would have to be built or loaded first, which "
            "creating a model does not do. Push it to a registry that the instances can reach, "
            f"such as ECR, and give it as one of: {', '.join(PULLABLE)}."
        )
    match = _ECR.fullmatch(reference)
    if match:
        repository = _repository(match["path"])
        return Image(reference, repository, match["account"], match["region"])
    if image_type == "ecr" and not _names_a_registry(reference):
        return Image(reference, _repository(reference))
    return Image(reference)


def _repository(path: str) -> str:
    return path.partition("@")[0].partition(":")[0]


def _names_a_registry(reference: str) -> bool:
    first, slash, _ = reference.partition("/")
    return bool(slash) and ("." in first or ":" in first or first == "localhost")
