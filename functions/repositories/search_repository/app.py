"""GET /repository/{repositoryId}/similaritySearch: the passages that answer a question best."""

from catalogue.question import SearchQuery
from kernel.clock import now
from kernel.http import Caller, api
from repositories.errors import told_to
from repositories.wiring import models, rows, stores
from searching.answering import SearchAnswer, answer
from searching.finding import chosen, found


@api(role="user", query=SearchQuery)
def handler(query: SearchQuery, caller: Caller, repository_id: str) -> SearchAnswer:
    place = chosen(rows(), caller, repository_id, query, now())
    with told_to(caller):
        return answer(found(stores(), models(), place, query), place, query)
