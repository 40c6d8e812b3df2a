"""Lists of templates: bounded work, bounded answers, nothing twice and nothing left out."""

import pytest
from pydantic import ValidationError

from prompts.listing import MOST_CHARACTERS, MOST_EXAMINED, page
from prompts.payload import TemplatesQuery, TemplateWish
from tests.support.prompts_world import InMemoryTemplates, a_template, caller, wish
from tests.support.sources import ROOT

BOB = caller("bob", "readers")


def kept(*templates: object) -> InMemoryTemplates:
    table = InMemoryTemplates()
    for one in templates:
        table.add(one)  # type: ignore[arg-type]
    return table


def walk(table: InMemoryTemplates, size: int = 50) -> list[list[str]]:
    """The titles of every page to the end."""
    pages, cursor = list[list[str]](), None
    while True:
        query = TemplatesQuery.model_validate({"pageSize": size, "cursor": cursor})
        found = page(table, query, BOB)
        pages.append([one.title for one in found["Items"]])
        if (cursor := found["cursor"]) is None:
            return pages


def test_what_is_ones_own_and_shared_is_listed_once() -> None:
    table = kept(a_template("bob", 1, "group:readers"), a_template("eve", 2, "group:readers"))
    assert walk(table) == [["eve 2", "bob 1"]]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_of_any_size_have_all_of_it(size: int) -> None:
    table = kept(
        *(a_template("bob", number) for number in (1, 3, 4)),
        *(a_template("eve", number, "group:readers") for number in (0, 2, 3)),
        *(a_template("eve", number, "group:law") for number in (5, 6)),
    )
    pages = walk(table, size)
    found = [title for one in pages for title in one]
    assert sorted(found) == ["bob 1", "bob 3", "bob 4", "eve 0", "eve 2", "eve 3"]
    assert [title.split()[1] for title in found] == ["4", "3", "3", "2", "1", "0"]
    assert max(map(len, pages)) <= size


def test_one_call_looks_at_so_many_and_says_where_to_go_on() -> None:
    others = [a_template("eve", number + 1, "group:law") for number in range(MOST_EXAMINED)]
    assert walk(kept(a_template("bob", 0), *others)) == [[], ["bob 0"]]


def test_an_answer_has_an_end_however_long_the_templates_are() -> None:
    long = [
        a_template("bob", number).model_copy(update={"body": "x" * 20_000}) for number in range(100)
    ]
    first, *rest = walk(kept(*long), size=100)
    assert len(first) == MOST_CHARACTERS // 20_000 + 1
    assert sum(map(len, rest)) == 100 - len(first)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "  "},
        {"title": "x" * 101},
        {"body": " \n"},
        {"body": "x" * 20_001},
        {"type": "poem"},
        {"groups": ["readers"]},
        {"groups": ["group:"]},
        {"groups": ["lisa:everybody"]},
        {"groups": ["group:x"] * 101},
    ],
)
def test_what_is_not_of_its_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        wish(**changes)  # type: ignore[arg-type]


def test_a_group_counts_once() -> None:
    assert wish("Pirate", "group:x", "group:x").groups == ["group:x"]
    assert isinstance(wish(" Pirate "), TemplateWish)
    assert wish(" Pirate ").title == "Pirate"


def test_the_example_is_taken() -> None:
    text = (ROOT / "events/http/create_prompt_template.json").read_text("utf-8")
    assert TemplateWish.model_validate_json(text).groups == ["group:readers"]
