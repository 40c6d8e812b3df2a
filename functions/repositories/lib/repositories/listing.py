"""Lists in pages: what was asked for of them is cut out, and the next page is told by a cursor.

A cursor says after which item a page begins, so that nothing is shown twice or left out when items
come and go in between. It is bound to its list and opens nothing: what one may not see is not in
the list at all.
"""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from catalogue.collection import Collection
from catalogue.listing import CollectionsQuery, ListQuery
from catalogue.shown import Counted, Paging
from documents.errors import UnknownCursorError
from documents.rows import moment

# Of what items are sorted by: a cursor holds it, and stands in an address.
LONGEST = 200
_OF_PAGES = {"last_evaluated_key", "page", "page_size"}
type Place = tuple[str, str]


@dataclass(frozen=True)
class Listed[Item]:
    """A page of a list, and where it is in it. `total` and `pages` are None if nobody counted."""

    items: Sequence[Item]
    after: str | None
    has_previous: bool
    total: int | None = None
    page: int | None = None
    pages: int | None = None

    @property
    def paging(self) -> Paging:
        """Return what the API says of pages."""
        return {
            "lastEvaluatedKey": self.after,
            "hasNextPage": self.after is not None,
            "hasPreviousPage": self.has_previous,
        }

    @property
    def counted(self) -> Counted:
        """Return how many there are."""
        return {"totalCount": self.total, "currentPage": self.page, "totalPages": self.pages}


def cut[Item](
    items: Iterable[Item], query: ListQuery, of: str, place: Callable[[Item], Place]
) -> Listed[Item]:
    """Return a page of items, sorted by what `place` says: a text to sort by, and an id.

    `of` names the list. Raise UnknownCursorError for a cursor that is not of this list.
    """
    placed = ((_short(place(item)), item) for item in items)
    ordered = sorted(placed, key=itemgetter(0), reverse=query.reverse)
    name, size = _name(query, of), query.page_size
    begin = (query.page - 1) * size
    if query.last_evaluated_key is not None:
        last = _opened(query.last_evaluated_key, name)
        passed = (where >= last if query.reverse else where <= last for where, _ in ordered)
        begin = sum(passed)
    shown = ordered[begin : begin + size]
    more = begin + size < len(ordered)
    return Listed(
        items=[item for _, item in shown],
        after=_sealed(shown[-1][0], name) if more else None,
        has_previous=begin > 0,
        total=len(ordered),
        page=begin // size + 1,
        pages=-(-len(ordered) // size),
    )


def collections_page(
    found: Iterable[Collection], query: CollectionsQuery, of: str
) -> Listed[Collection]:
    """Return a page of those collections that a query asks for."""
    asked = [one for one in found if _is_asked_for(one, query)]
    return cut(asked, query, of, lambda one: (_sorted_by(one, query), one.collection_id))


def says(wanted: str | None, *texts: str) -> bool:
    """Return whether one of these texts says what is wanted; None is in every text."""
    return wanted is None or any(wanted.casefold() in text.casefold() for text in texts)


def _is_asked_for(one: Collection, query: CollectionsQuery) -> bool:
    status = query.status in (None, one.status)
    return status and says(query.filter, one.name, one.description)


def _sorted_by(one: Collection, query: CollectionsQuery) -> str:
    match query.sort_by:
        case "name":
            return one.name.casefold()
        case "createdAt":
            return moment(one.created_at)
        case "updatedAt":
            return moment(one.updated_at)
    return f"{one.repository_id} {int(not one.default)} {one.name.casefold()}"


def _short(place: Place) -> Place:
    return place[0][:LONGEST], place[1]


def _name(query: ListQuery, of: str) -> str:
    asked = query.model_dump_json(exclude=_OF_PAGES)
    return hashlib.sha256(f"{of}\n{asked}".encode()).hexdigest()[:16]


def _sealed(place: Place, name: str) -> str:
    text = json.dumps([name, *place], ensure_ascii=False)
    return urlsafe_b64encode(text.encode()).decode()


def _opened(cursor: str, name: str) -> Place:
    try:
        said = json.loads(urlsafe_b64decode(cursor.encode()))
    except (ValueError, RecursionError):
        raise UnknownCursorError from None
    match said:
        case [str(of), str(text), str(item_id)] if of == name:
            return text, item_id
    raise UnknownCursorError
