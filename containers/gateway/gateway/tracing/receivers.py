"""Who keeps traces: AWS X-Ray, or any collector that speaks OTLP over HTTP."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import boto3
import orjson
from aiohttp import ClientError as HttpError
from aiohttp import ClientSession, ClientTimeout
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.tracing import otlp, xray
from gateway.tracing.shipping import OneTrace, Undelivered

SECONDS = 5.0
PATIENT = Config(
    connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 2, "mode": "standard"}
)
# A collector is busy; it asks to be tried again.
LATER = frozenset({429, 502, 503, 504})


class XRay:
    """X-Ray's own API, which needs no collector beside the gateway."""

    def __init__(self, deployment: str) -> None:
        self._deployment = deployment
        self._client: Any = boto3.client("xray", config=PATIENT)

    async def send(self, traces: Sequence[OneTrace]) -> int:
        documents = [xray.document(trace, self._deployment) for trace in traces]
        try:
            answer = await asyncio.to_thread(
                self._client.put_trace_segments, TraceSegmentDocuments=documents
            )
        except ClientError as error:
            raise Undelivered(error.response["Error"]["Code"]) from None
        except BotoCoreError as error:
            raise Undelivered(type(error).__name__) from None
        return len(documents) - len(answer.get("UnprocessedTraceSegments", ()))


class Collector:
    """An OTLP collector at `endpoint`, with `headers` such as its key."""

    def __init__(
        self, session: ClientSession, endpoint: str, headers: Mapping[str, str], deployment: str
    ) -> None:
        self._session = session
        self._url = f"{endpoint}/v1/traces"
        self._headers = {**headers, "content-type": "application/json"}
        self._deployment = deployment

    async def send(self, traces: Sequence[OneTrace]) -> int:
        body = orjson.dumps(otlp.request(traces, self._deployment))
        try:
            async with self._session.post(
                self._url, data=body, headers=self._headers, timeout=ClientTimeout(total=SECONDS)
            ) as answer:
                status = answer.status
        except (HttpError, TimeoutError) as error:
            raise Undelivered(type(error).__name__) from None
        if status in LATER:
            raise Undelivered(f"status {status}")
        # Any other refusal would be the same the next time.
        return len(traces) if status < 300 else 0
