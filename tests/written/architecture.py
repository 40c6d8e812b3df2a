"""docs/architecture.md: its words are kept, its diagrams and tables are made of the templates."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.support.facts import rules, samples
from tests.support.sources import ROOT
from tests.support.state_machines import StateMachine, state_machines
from tests.support.templates import FUNCTION, WORKFLOW, Json, relative, template, walk

DOCUMENT = ROOT / "docs/architecture.md"
MADE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.S)
APPLICATION = "AWS::Serverless::Application"
COUNTED = {
    FUNCTION: "functions",
    WORKFLOW: "workflows",
    "AWS::DynamoDB::Table": "tables",
    "AWS::S3::Bucket": "buckets",
    "AWS::SQS::Queue": "queues",
    "AWS::CloudWatch::Alarm": "alarms",
}


def text() -> str:
    """Return the document with every made part anew."""
    made: dict[str, Callable[[], Iterator[str]]] = {
        "stacks": _stacks,
        "contents": _contents,
        "events": _events,
        "workflows": _workflows,
    }
    words = DOCUMENT.read_text("utf-8")
    return MADE.sub(lambda m: m[1] + "\n".join(made[m[2]]()) + "\n" + m[3], words)


def applications() -> dict[str, Path]:
    """Return the templates of the root's applications, by name."""
    return dict(_children(ROOT / "template.yaml"))


def _children(path: Path) -> Iterator[tuple[str, Path]]:
    for name, resource in template(path)["Resources"].items():
        if resource["Type"] == APPLICATION:
            yield name, (path.parent / resource["Properties"]["Location"]).resolve()


def _needs() -> dict[str, set[str]]:
    """Return which applications each one needs the outputs of."""
    resources = template(ROOT / "template.yaml")["Resources"]
    return {
        name: {part["Fn::GetAtt"][0] for _, part in walk(resource) if _is_output(part)}
        | set(resource.get("DependsOn", []))
        for name, resource in resources.items()
        if resource["Type"] == APPLICATION
    }


def _is_output(part: object) -> bool:
    return isinstance(part, dict) and "Fn::GetAtt" in part


def _stacks() -> Iterator[str]:
    """Draw who needs whom, without what follows from the rest."""
    needs = _needs()
    yield "```mermaid"
    yield "flowchart LR"
    for name, needed in needs.items():
        beyond = set().union(*(_all_needed(needs, one) for one in needed))
        for one in sorted(needed - beyond):
            yield f"  {one} --> {name}"
    yield "```"


def _all_needed(needs: dict[str, set[str]], name: str) -> set[str]:
    return needs[name].union(*(_all_needed(needs, one) for one in needs[name]))


def _contents() -> Iterator[str]:
    yield "| application | template | what is in it |"
    yield "|---|---|---|"
    for name, path in applications().items():
        counted = Counter(_kinds(path))
        told = ", ".join(f"{what}: {counted[what]}" for what in COUNTED.values() if counted[what])
        yield f"| {name} | [{relative(path)}](../{relative(path)}) | {told or '-'} |"


def _kinds(path: Path) -> Iterator[str]:
    for resource in template(path)["Resources"].values():
        if resource["Type"] in COUNTED:
            yield COUNTED[resource["Type"]]
    for _, child in _children(path):
        yield from _kinds(child)


def _events() -> Iterator[str]:
    """Draw each fact from who tells it to who hears it; what nobody here hears is for others."""
    heard: dict[str, set[str]] = {name: set() for name in samples()}
    for rule in rules():
        for name in rule.heard():
            heard[name].add(_listener(rule.template, rule.name))
    yield "```mermaid"
    yield "flowchart LR"
    for name, listeners in heard.items():
        source, fact = name.split("/")
        for listener in sorted(listeners):
            teller = source.replace(".", "_")
            yield f'  {teller}(["{source}"]) -- {fact} --> {listener}'
    yield "```"
    free = sorted(name.split("/")[1] for name, listeners in heard.items() if not listeners)
    yield ""
    yield "Told for rules of yours: " + ", ".join(f"`{name}`" for name in free) + "."


def _listener(path: Path, rule: str) -> str:
    return f"{path.parent.name}_{rule.partition('.')[0]}[{rule.partition('.')[0]}]"


def _workflows() -> Iterator[str]:
    for machine in sorted(state_machines(), key=lambda one: relative(one.path)):
        definition = machine.definition
        yield f"### {machine.path.name.removesuffix('.asl.yaml').replace('_', ' ').capitalize()}"
        yield ""
        yield f"[{relative(machine.path)}](../{relative(machine.path)}): {_said(definition)}"
        yield ""
        yield "```mermaid"
        yield "stateDiagram-v2"
        yield from _moves(machine)
        yield "```"
        yield ""


def _said(definition: Json) -> str:
    return " ".join(definition["Comment"].split())


def _moves(machine: StateMachine) -> Iterator[str]:
    yield f"  [*] --> {machine.definition['StartAt']}"
    for name, state in machine.definition["States"].items():
        for target, why in sorted(_targets(state)):
            yield f"  {name} --> {target}" + (f" : {why}" if why else "")
        if state.get("End") or state["Type"] in ("Succeed", "Fail"):
            yield f"  {name} --> [*]"


def _targets(state: Json) -> set[tuple[str, str]]:
    """Return where a state leads to, and when."""
    plain = {(state[key], "") for key in ("Next", "Default") if key in state}
    chosen = {(choice["Next"], "if") for choice in state.get("Choices", [])}
    caught = {(catch["Next"], "fails") for catch in state.get("Catch", [])}
    return plain | chosen | caught
