"""`lisa chat`: one question, or a conversation."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import Any

import click

from lisapy import Lisa, LisaError, NotFound, text_of
from lisapy.cli.output import as_json, plain
from lisapy.cli.session import Session, command


@dataclass
class Conversation:
    """What has been said to a model, and how it is asked."""

    lisa: Lisa
    model: str
    options: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)
    sources: list[dict[str, Any]] = field(default_factory=list)

    def ask(self, question: str, shown: bool = True) -> str:
        """Ask, show the answer as it comes, and return it. Ctrl-C ends it at the server, too."""
        self.messages.append({"role": "user", "content": question})
        pieces: list[str] = []
        self.sources = []
        stream = self.lisa.gateway.stream(self.model, self.messages, **self.options)
        try:
            for chunk in stream:
                for choice in chunk.get("choices", ()):
                    self.sources += choice["delta"].get("annotations") or []
                pieces.append(text_of(chunk))
                if shown:
                    click.echo(plain(pieces[-1]), nl=False)
        finally:
            stream.close()
            self.messages.append({"role": "assistant", "content": "".join(pieces)})
            if shown:
                click.echo()
        return "".join(pieces)


def first_model(lisa: Lisa) -> str:
    """Return a model that can chat."""
    for model in lisa.gateway.models():
        if model.get("model_type") == "textgen":
            return str(model["id"])
    raise NotFound(404, "NoModel", "No model that can chat is in service. Ask an administrator.")


def add_chat(lisa: click.Group) -> None:
    """Add the command."""

    @command(lisa, "chat")
    @click.argument("question", nargs=-1)
    @click.option("--model", "-m", default="", help="Which model; otherwise the first that chats.")
    @click.option("--system", "-s", default="", help="What the model is told before all else.")
    @click.option("--max-tokens", type=click.IntRange(1), help="How long an answer may be.")
    @click.option("--temperature", type=float, help="How freely it chooses its words.")
    def chat(
        session: Session, question: tuple[str, ...], model: str, system: str, **limits: Any
    ) -> None:
        """Ask a model QUESTION, or what comes on the standard input, or talk to it."""
        client = session.lisa()
        told = {key: value for key, value in limits.items() if value is not None}
        talk = Conversation(client, model or first_model(client), told)
        if system:
            talk.messages.append({"role": "system", "content": system})
        asked = " ".join(question) or ("" if sys.stdin.isatty() else sys.stdin.read().strip())
        if not asked:
            return _talk(talk)
        answer = talk.ask(asked, shown=not session.json)
        return as_json({"model": talk.model, "answer": answer}) if session.json else None


def _talk(talk: Conversation) -> None:
    """Ask until the person has nothing more to say; what fails is told, and the talk goes on."""
    click.echo(f"{talk.model}. Ctrl-C stops an answer, Ctrl-D ends the talk.", err=True)
    while True:
        try:
            question = click.prompt("you", prompt_suffix="> ", err=True)
        except (click.Abort, EOFError):
            return click.echo(err=True)
        try:
            talk.ask(question)
        except KeyboardInterrupt:
            click.echo("(stopped)", err=True)
        except LisaError as error:
            click.echo(plain(error), err=True)
