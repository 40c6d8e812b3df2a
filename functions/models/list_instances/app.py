"""GET /models/metadata/instances: the instance types that can host a model."""

from kernel.http import api
from planning.instances import INSTANCES


@api(role="user")
def handler() -> list[str]:
    return sorted(INSTANCES)
