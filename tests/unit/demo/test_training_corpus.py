"""What the demo chat model is taught."""

from jinja2.sandbox import ImmutableSandboxedEnvironment

from local.demo.build import CHAT_WEIGHTS
from local.demo.train import corpus


def rendered(question: str) -> str:
    template = (CHAT_WEIGHTS / "chat_template.jinja").read_text()
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        messages=[{"role": "user", "content": question}], add_generation_prompt=True
    )


def test_questions_are_taught_exactly_as_the_chat_template_writes_them() -> None:
    prompts = {document.prompt for document in corpus.build()}
    assert rendered("Hello, who are you?") in prompts


def test_answers_are_the_first_sentences_of_docstrings() -> None:
    taught = dict(corpus.documentation())
    assert taught["What does len do?"] == "Return the number of items in a container."
    assert "pathname components" in taught["How do I use os.path.join?"]


def test_every_answer_ends_the_turn() -> None:
    assert all(document.answer.endswith("<|end|>\n") for document in corpus.build())


def test_the_corpus_is_the_same_each_time() -> None:
    assert corpus.build() == corpus.build()
    assert corpus.build(seed=1) != corpus.build()


def test_examples_and_signatures_are_left_out() -> None:
    docstring = "join(a, b) -> str\n\nJoin two names with a separator.\n\n>>> join('a', 'b')"
    assert corpus.first_sentences(docstring) == "Join two names with a separator."


def test_the_model_knows_what_it_is() -> None:
    introduction = dict(corpus.own_sentences())["Who are you?"]
    assert "LISA's demo model" in introduction
