"""Each way of searching on each kind of question, and whether the default keeps its promise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.search import Settings, hits
from stores.port import Candidate
from tests.bench.retrieval.measures import MEASURES, Interval, interval, reciprocal_rank
from tests.bench.retrieval.sets import Query

WAYS = {
    "text": Settings(mode="text"),
    "vector": Settings(mode="vector"),
    "hybrid": Settings(),
}
ALL = "all together"
_PASSAGES = 40


@dataclass(frozen=True)
class Asked:
    """A question with the rank of its section in each way, None where it is not there."""

    query: Query
    ranks: dict[str, int | None]


def asked(query: Query, found: Sequence[Candidate]) -> Asked:
    """Rank what the searches found in each way."""
    return Asked(query, {way: _rank(query, found, settings) for way, settings in WAYS.items()})


def _rank(query: Query, found: Sequence[Candidate], settings: Settings) -> int | None:
    """The place of the section among sections: several passages of one count once."""
    ranked = hits(query.text, found, settings, _PASSAGES)
    sections = list(dict.fromkeys(hit.candidate.document_id for hit in ranked))
    return sections.index(query.target) + 1 if query.target in sections else None


def kinds(everything: Sequence[Asked]) -> dict[str, list[Asked]]:
    """Return the questions by kind, and all of them."""
    names = dict.fromkeys(one.query.kind for one in everything)
    found = {name: [one for one in everything if one.query.kind == name] for name in names}
    return found | {ALL: list(everything)} if len(found) > 1 else found


def table(everything: Sequence[Asked]) -> Iterator[str]:
    """Yield lines: each way on each kind, with 95 % intervals."""
    yield f"{'':34}" + "".join(f"{measure:26}" for measure in MEASURES)
    for kind, some in kinds(everything).items():
        yield f"{kind} ({len(some)})"
        for way in WAYS:
            values = [
                str(interval([measure(one.ranks[way]) for one in some]))
                for measure in MEASURES.values()
            ]
            yield f"  {way:32}" + "".join(f"{value:26}" for value in values)


def short_table(everything: Sequence[Asked]) -> Iterator[str]:
    """Yield lines with MRR@10 alone."""
    yield f"{'MRR@10':40}" + "".join(f"{way:>8}" for way in WAYS)
    for kind, some in kinds(everything).items():
        means = (interval([reciprocal_rank(one.ranks[way]) for one in some]).mean for way in WAYS)
        yield f"{kind + f' ({len(some)})':40}" + "".join(f"{mean:8.3f}" for mean in means)


def difference(some: Sequence[Asked], way: str, other: str) -> Interval:
    """Return the paired difference of two ways, in MRR@10."""
    return interval(
        [reciprocal_rank(one.ranks[way]) - reciprocal_rank(one.ranks[other]) for one in some]
    )


@dataclass(frozen=True)
class Promise:
    """What the default is to keep on some questions, and whether it does."""

    text: str
    kept: bool

    def __str__(self) -> str:
        """As the end of the report shows it."""
        return f"{'kept  ' if self.kept else 'MISSED'} {self.text}"


def promises(everything: Sequence[Asked]) -> Iterator[Promise]:
    """Yield: within noise of the better part on each kind, better than each on all together."""
    for kind, some in kinds(everything).items():
        for part in ("text", "vector"):
            found = difference(some, "hybrid", part)
            if kind == ALL:
                yield Promise(f"{kind}: hybrid - {part} = {found}, above 0", found.low > 0)
            else:
                yield Promise(f"{kind}: hybrid - {part} = {found}, not below 0", found.high >= 0)
