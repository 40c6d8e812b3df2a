"""The numbers as Prometheus reads them: its text format 0.0.4, or OpenMetrics 1.0. Pure.

The formats: https://prometheus.io/docs/instrumenting/exposition_formats and
https://prometheus.io/docs/specs/om/open_metrics_spec. Our numbers arrive summed over processes,
for which a client library would need a collector of its own; these lines are less than that.
"""

from collections.abc import Iterable, Iterator, Mapping

from gateway.metrics.catalogue import BEYOND, FAMILIES, PREFIX, SUM, Family, Key, Totals

TEXT = b"text/plain; version=0.0.4; charset=utf-8"
OPEN_METRICS = b"application/openmetrics-text; version=1.0.0; charset=utf-8"

type Rows = list[tuple[Key, float]]


def exposition(totals: Totals, open_metrics: bool) -> bytes:
    """A whole page. In OpenMetrics a counter's family is named without `_total`."""
    rows: dict[str, Rows] = {}
    for key, number in totals.items():
        rows.setdefault(key[0], []).append((key[1:], number))
    lines: list[str] = []
    for family in FAMILIES:
        if family.name in rows:
            lines += _family(family, sorted(rows[family.name]), open_metrics)
    if open_metrics:
        lines.append("# EOF")
    return ("\n".join(lines) + "\n").encode()


def _family(family: Family, rows: Rows, open_metrics: bool) -> Iterator[str]:
    sample = PREFIX + family.name + ("_total" if family.kind == "counter" else "")
    name = PREFIX + family.name if open_metrics else sample
    yield f"# HELP {name} {family.meaning}."
    yield f"# TYPE {name} {family.kind}"
    if family.kind == "histogram":
        yield from _histograms(family, sample, rows)
        return
    for values, number in rows:
        yield f"{sample}{_labels(zip(family.labels, values, strict=True))} {_number(number)}"


def _histograms(family: Family, name: str, rows: Rows) -> Iterator[str]:
    """Cumulative buckets, the empty ones too: their bounds have to be the same at each scrape."""
    for model, found in by_model(rows).items():
        running = 0.0
        for bound in (*map(str, family.bounds), BEYOND):
            running += found.get(bound, 0)
            yield f"{name}_bucket{_labels([('model', model), ('le', bound)])} {_number(running)}"
        label = _labels([("model", model)])
        yield f"{name}_count{label} {_number(running)}"
        yield f"{name}_sum{label} {_number(found.get(SUM, 0))}"


def by_model(rows: Rows) -> dict[str, Mapping[str, float]]:
    """A histogram's rows as one mapping of bounds, and the sum, for each model."""
    models: dict[str, dict[str, float]] = {}
    for (model, bound), number in rows:
        models.setdefault(model, {})[bound] = number
    return dict(models)


def _labels(pairs: Iterable[tuple[str, str]]) -> str:
    inside = ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs)
    return f"{{{inside}}}" if inside else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")


def _number(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)
