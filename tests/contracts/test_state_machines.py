"""Workflows: no step waits for ever, fails in silence, or leaves behind what it made."""

import re

import pytest
import yaml

from catalogue.repository import LONGEST_WORKFLOW
from infrastructure import ownership as infrastructure
from models.ownership import LONGEST_MAKING
from tests.support.faults import faults_of
from tests.support.lambdas import Function
from tests.support.sources import ROOT, budgets, tracked
from tests.support.state_machines import (
    ALL,
    StateMachine,
    caught_by,
    named_errors,
    state_machines,
)
from tests.support.templates import Json, actions

MACHINES = [pytest.param(one, id=one.path.stem) for one in state_machines()]
TASKS = [
    pytest.param(machine, name, id=f"{machine.path.stem}/{name}")
    for machine in state_machines()
    for name in machine.task_names()
]
JSONATA = {"QueryLanguage", "Arguments", "Output", "Assign"}
MAKES = re.compile(r":(Create|Run|Start)[A-Z]")
REMOVES = re.compile(r":(Delete|Terminate|Stop)[A-Z]")
# Nothing to try again: another request has it, or a person must mend what was found out.
FINAL = {
    "models/template.yaml": ["Superseded", "Diagnosed"],
    "repositories/template.yaml": ["DocumentSuperseded", "DocumentRefused"],
    "repositories/context.yaml": ["DocumentSuperseded", "DocumentRefused"],
    "repositories/infrastructure.yaml": ["RepositorySuperseded", "RepositoryRefused"],
}
# What these remove is the execution's own: nobody else puts anything there.
REMOVES_ITS_OWN = {"ClearStaging", "ClearSummary"}
# The packages of a service that its errors come from, where that is not the service's own.
PACKAGES = {"repositories": ["repositories", "documents", "infrastructure"]}


def service(machine: StateMachine) -> str:
    """The service whose workflow it is."""
    return machine.template.parent.name


def final(machine: StateMachine) -> list[str]:
    """What is not tried again: that another request has it, and what a person must mend."""
    return FINAL["/".join(machine.template.parts[-2:])]


def task(machine: StateMachine, name: str) -> tuple[Json, Function]:
    ((state, function),) = ((one, by) for this, one, by in machine.tasks() if this == name)
    return state, function


def test_every_definition_is_deployed_once_and_lies_with_its_service() -> None:
    assert sorted(machine.path for machine in state_machines()) == list(tracked("*.asl.yaml"))
    for machine in state_machines():
        service = machine.template.parent.name
        assert machine.path.parent == ROOT / "statemachines" / service
        verb_noun = machine.path.name.removesuffix(".asl.yaml").replace("_", "-")
        assert machine.properties["Name"] == {
            "Fn::Sub": f"${{DeploymentName}}-{service}-{verb_noun}"
        }


@pytest.mark.parametrize("machine", MACHINES)
def test_a_definition_is_jsonpath_without_aliases(machine: StateMachine) -> None:
    assert not any(JSONATA & state.keys() for state in machine.states.values())
    assert JSONATA.isdisjoint(machine.definition)
    # Step Functions refuses YAML's aliases.
    tokens = yaml.scan(machine.path.read_text("utf-8"))
    assert not any(isinstance(one, yaml.AliasToken | yaml.AnchorToken) for one in tokens)


@pytest.mark.parametrize("machine", MACHINES)
def test_a_workflow_ends_in_time_and_is_small_and_whole(machine: StateMachine) -> None:
    start = machine.definition["StartAt"]
    reachable = {start} | machine.after(start, caught=True)
    assert machine.definition["TimeoutSeconds"] > 0
    assert machine.definition["Comment"]
    assert reachable == machine.states.keys()
    assert len(machine.states) <= budgets()["workflow_states"]


@pytest.mark.parametrize("machine", MACHINES)
def test_every_substitution_is_defined_and_used(machine: StateMachine) -> None:
    used = re.findall(r"\$\{(\w+)\}", machine.path.read_text("utf-8"))
    assert set(used) == machine.substitutions.keys()
    for name, value in machine.substitutions.items():
        assert value == {"Fn::GetAtt": [name, "Arn"]}


@pytest.mark.parametrize("machine", MACHINES)
def test_a_workflow_may_invoke_exactly_the_functions_that_it_names(machine: StateMachine) -> None:
    (policy,) = machine.properties["Policies"]
    (statement,) = policy["Statement"]
    assert actions(statement) == ["lambda:InvokeFunction"]
    by_id = sorted(one["Fn::GetAtt"] for one in statement["Resource"])
    assert by_id == sorted(one["Fn::GetAtt"] for one in machine.substitutions.values())


@pytest.mark.parametrize(("machine", "name"), TASKS)
def test_a_task_has_an_end_a_second_chance_and_a_way_out(machine: StateMachine, name: str) -> None:
    state, function = task(machine, name)
    assert state["TimeoutSeconds"] >= function.properties["Timeout"]
    assert state["Retry"][-1]["ErrorEquals"] == [ALL]
    assert state["Catch"][-1]["ErrorEquals"] == [ALL]
    assert set(state) & {"Next", "End"}


def test_a_removal_waits_for_a_stack_longer_than_the_step_that_makes_one_can_run() -> None:
    limits = [
        function.properties["Timeout"]
        for machine in state_machines()
        for name, _, function in machine.tasks()
        if name == "CreateStack"
    ]
    assert limits
    # A request that was sent in the last moment is answered after the step has been ended.
    for longest in (LONGEST_MAKING, infrastructure.LONGEST_MAKING):
        assert max(limits) + 10 <= longest.total_seconds() <= 60


def test_a_creation_that_is_taken_for_lost_has_been_ended() -> None:
    limits = [
        machine.definition["TimeoutSeconds"]
        for machine in state_machines()
        if machine.path.stem == "create_repository.asl"
    ]
    assert limits
    assert max(limits) < LONGEST_WORKFLOW.total_seconds()


@pytest.mark.parametrize(("machine", "name"), TASKS)
def test_a_task_is_given_what_its_function_reads(machine: StateMachine, name: str) -> None:
    state, function = task(machine, name)
    reads = function.handler().reads.model_fields
    required = {field for field, about in reads.items() if about.is_required()}
    given = {parameter.removesuffix(".$") for parameter in state["Parameters"]}
    assert required <= given <= reads.keys()


@pytest.mark.parametrize(("machine", "name"), TASKS)
def test_a_task_names_only_errors_of_its_service(machine: StateMachine, name: str) -> None:
    state, _ = task(machine, name)
    packages = PACKAGES.get(service(machine), [service(machine)])
    ours = {fault.__name__ for package in packages for fault in faults_of(package)}
    assert named_errors(state) <= ours


@pytest.mark.parametrize(("machine", "name"), TASKS)
def test_what_a_person_must_mend_is_not_tried_again(machine: StateMachine, name: str) -> None:
    state, _ = task(machine, name)
    assert state["Retry"][0] == {"ErrorEquals": final(machine), "MaxAttempts": 0}
    assert all(rule["MaxAttempts"] > 0 for rule in state["Retry"][1:])


def able(machine: StateMachine, verb: re.Pattern[str]) -> set[str]:
    """The tasks whose functions may do to AWS what the verb says, rows of tables aside."""
    return {
        name
        for name, _, function in machine.tasks()
        for statement in function.allowed()
        for action in actions(statement)
        if verb.search(action) and not action.startswith("dynamodb:")
    }


def test_whatever_fails_after_something_was_made_leads_to_its_removal() -> None:
    found = [(name, machine) for machine in state_machines() for name in able(machine, MAKES)]
    # The template's policy for changing a stack makes nothing that is not there.
    assert [name for name, _ in found] == ["CreateStack", "CreateStack"]
    for name, machine in found:
        removing = able(machine, REMOVES) - able(machine, MAKES)
        for state in {name} | machine.after(name, caught=False):
            if machine.states[state]["Type"] == "Task":
                assert caught_by(machine.states[state]) in removing


@pytest.mark.parametrize(("machine", "name"), TASKS)
def test_whoever_lost_a_model_to_another_request_removes_nothing(
    machine: StateMachine, name: str
) -> None:
    state, _ = task(machine, name)
    lost, _ = final(machine)
    assert caught_by(state, lost) not in able(machine, REMOVES) - REMOVES_ITS_OWN
