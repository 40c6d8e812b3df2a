"""What is to be observed of the gateway and who is told: its part of the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

OFF, XRAY, OTLP = "off", "xray", "otlp"
TRACES = (OFF, XRAY, OTLP)


@dataclass(frozen=True)
class Observation:
    """`metrics_port` 0 takes any free one, -1 none. `emf_seconds` 0 writes no metrics to the log.

    `sample` is the share of the requests to trace whose callers do not say it themselves.
    `otlp_headers` may hold the collector's key: it is sent there and told nowhere.
    """

    metrics_host: str
    metrics_port: int
    emf_seconds: float
    traces: str
    sample: float
    otlp_endpoint: str
    otlp_headers: Mapping[str, str]

    @classmethod
    def load(cls, env: Mapping[str, str] = os.environ) -> "Observation":
        endpoint = env.get("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/")
        return cls(
            metrics_host=env.get("METRICS_HOST", "127.0.0.1"),
            metrics_port=int(env.get("METRICS_PORT", "9464")),
            emf_seconds=float(env.get("EMF_SECONDS", "60")),
            traces=_traces(env.get("TRACES", ""), endpoint),
            sample=_share(env.get("TRACE_SAMPLE", "0.05")),
            otlp_endpoint=endpoint,
            otlp_headers=_pairs(env.get("OTEL_EXPORTER_OTLP_HEADERS", "")),
        )


def _traces(wanted: str, endpoint: str) -> str:
    wanted = wanted or (OTLP if endpoint else OFF)
    if wanted not in TRACES:
        raise SystemExit(f"The gateway cannot start: TRACES is one of {', '.join(TRACES)}.")
    if wanted == OTLP and not endpoint:
        raise SystemExit(
            "The gateway cannot start: TRACES=otlp needs the collector's address. "
            "Set OTEL_EXPORTER_OTLP_ENDPOINT, such as http://collector:4318."
        )
    return wanted


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise SystemExit("The gateway cannot start: TRACE_SAMPLE is a share between 0 and 1.")
    return share


def _pairs(text: str) -> Mapping[str, str]:
    """`name=value,name=value`, as OpenTelemetry's own exporters read it."""
    pairs = (one.partition("=") for one in text.split(",") if "=" in one)
    return {name.strip(): value.strip() for name, _, value in pairs}
