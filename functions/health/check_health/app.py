"""GET /health/deep: whether all that the product stands on answers, and what to do if not."""

from health.examining import Health, examined
from health.settings import VERSION, settings
from health.wiring import probes
from kernel.http import api


@api(role="admin")
def handler() -> Health:
    checks = examined(probes())
    return Health(
        status="ok" if all(check.status == "ok" for check in checks) else "failed",
        deployment=settings().deployment_name,
        version=VERSION,
        checks=checks,
    )
