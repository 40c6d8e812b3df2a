"""Questions that go on from an earlier one are looked for with it, and others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.grounding.following import bounded, goes_on, looked_for
from gateway.grounding.wish import LONGEST_QUERY, query

LEAVE = "How many days of parental leave are there in France?"


@pytest.mark.parametrize(
    "question",
    [
        "and in Germany?",
        "And for people who work part-time?",
        "What about the night shift?",
        "or if it is empty?",
        "But who signs?",
        "How do I get them back?",
        "What are its limits?",
        "Can they be extended?",
        "How long is it valid?",
        "Who else may do that?",
        "with a timeout?",
        "Und in Deutschland?",
        "Was ist mit Teilzeit?",
        "Was kostet das?",
        "Et pour les enfants ?",
        "¿Y en España?",
        "E in Italia?",
        "那德国呢？",
    ],
)
def test_a_question_that_goes_on_is_looked_for_with_the_one_before(question: str) -> None:
    assert goes_on(question)
    assert looked_for([LEAVE, question], 2000) == f"{LEAVE}\n{question}"


@pytest.mark.parametrize(
    "question",
    [
        "How do I reset my password?",
        "free disk space",
        "ERR_QUOTA_4711",
        "os.path.join",
        "How does a user reset their password?",
        "Is there a limit for uploads?",
        "How do I pick one element of a list?",
        "With which form do I apply for leave?",
        "words that are spelled alike",
        "Was kostet das neue Auto im Monat?",
        "Welche Fristen gelten bei Kündigung?",
        "E. coli treatment",
        "如何重置我的密码？",
        "And this is a long message, which says by itself what all of it is about.",
        "And " + "so" * 100,
    ],
)
def test_a_question_that_stands_alone_stays_alone(question: str) -> None:
    assert looked_for([LEAVE, question], 2000) == question


def test_a_chain_is_looked_for_with_its_beginning() -> None:
    chain = ["Where is the printer?", LEAVE, "and in Germany?", "and in Spain?"]
    assert looked_for(chain, 2000) == f"{LEAVE}\nand in Spain?"


def test_what_goes_on_from_nothing_is_looked_for_alone() -> None:
    assert looked_for(["and in Germany?"], 2000) == "and in Germany?"
    assert looked_for(["and then?", "and in Germany?"], 2000) == "and in Germany?"


def test_the_earlier_question_is_one_of_the_user() -> None:
    said = [("user", LEAVE), ("assistant", "Sixteen weeks [1]. And more."), ("user", "and then?")]
    messages = [{"role": role, "content": text} for role, text in said]
    assert query({"messages": [{"role": "system", "content": "x"}, *messages]}) == (
        f"{LEAVE}\nand then?"
    )


def test_a_message_without_a_text_is_none_to_go_on_from() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:"}}
    contents: list[object] = [LEAVE, [picture], "and in Spain?"]
    messages = [{"role": "user", "content": one} for one in contents]
    assert query({"messages": messages}) == f"{LEAVE}\nand in Spain?"
    assert query({"messages": messages[:2]}) == LEAVE


@given(st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=4), st.integers(2, 60))
def test_no_more_is_looked_for_than_is_allowed(questions: list[str], most: int) -> None:
    assert len(looked_for(questions, most)) <= most
    assert len(bounded(questions[0], most)) <= most


def test_a_long_question_before_is_looked_for_by_both_ends() -> None:
    before = "beginning " + "x " * 3000 + "end"
    messages = [{"role": "user", "content": one} for one in (before, "and in Spain?")]
    found = query({"messages": messages})
    assert len(found) == LONGEST_QUERY
    assert found.startswith("beginning")
    assert found.endswith("end\nand in Spain?")
