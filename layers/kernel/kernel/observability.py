"""Logs, metrics, traces and AWS clients of every function, on Powertools.

Importing this loads neither boto3 nor the X-Ray SDK: both come with the first use, because
a function's start-up is a budget that a test guards.
"""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import MetricUnit, single_metric

if TYPE_CHECKING:
    from aws_lambda_powertools.tracing import Tracer

type Event = dict[str, Any]
type Entry = Callable[[Event, Any], Any]

NAMESPACE = "LISA"
logger = Logger()


@cache
def tracer() -> "Tracer":
    """Return the tracer. Patching botocore alone costs a ninth of patching all it knows."""
    from aws_lambda_powertools.tracing import Tracer  # noqa: PLC0415

    return Tracer(patch_modules=("botocore",))


@cache
def client(service: str) -> Any:
    """Return this process's one boto3 client of an AWS service, e.g. `client("dynamodb")`."""
    import boto3  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415

    # A call that hangs must not eat the function's time: fail, and let the caller retry.
    patience = Config(connect_timeout=3, read_timeout=20, retries={"mode": "standard"})
    # The stubs know each service by name; here any name will do.
    create: Any = boto3.client
    return create(service, config=patience)


def count(name: str, **dimensions: str) -> None:
    """Add one to a metric of this product, under dimensions of its own."""
    with single_metric(name=name, unit=MetricUnit.Count, value=1, namespace=NAMESPACE) as metric:
        for key, value in dimensions.items():
            metric.add_dimension(key, value)


def observed(handler: Entry) -> Entry:
    """Wrap an entry point: context in every log line, and the call traced."""
    # An event may hold a secret: no variable of the environment may turn it into a log line.
    entry = logger.inject_lambda_context(handler, log_event=False, clear_state=True)

    @cache
    def traced() -> Entry:
        # Answers hold people's data: a trace carries how long, never what.
        return tracer().capture_lambda_handler(entry, capture_response=False)

    def invoke(event: Event, context: Any) -> Any:
        return traced()(event, context)

    return invoke
