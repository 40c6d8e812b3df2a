"""The stack of a repository's own database is made and removed on the emulator.

The emulator has no engine behind what it says is there, so that nothing can be asked of it.
"""

from dataclasses import replace

import pytest

from repository_stack import Database, OpenSearch, Postgres, Surroundings, render
from tests.contracts.test_repository_stack import AROUND
from tests.emulator.running import Emulator, eventually


def network(emulator: Emulator) -> Surroundings:
    """A network with two subnets, for what asks whether they are there."""
    ec2 = emulator.client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{number}.0/24")["Subnet"]["SubnetId"]
        for number in range(2)
    ]
    return replace(AROUND, vpc_id=vpc, subnets=tuple(subnets))


@pytest.mark.parametrize("database", [Postgres(), OpenSearch()], ids=["postgres", "opensearch"])
def test_a_stack_stands_with_an_endpoint_and_goes_again(ours: Emulator, database: Database) -> None:
    repository = type(database).__name__.lower()
    around = replace(network(ours), templates_url=f"{ours.url}/templates/{repository}")
    stack = render(repository, database, around)
    for name, text in stack.templates.items():
        ours.put_template(f"{repository}/{stack.digest}/{name}", text)
    cloudformation = ours.client("cloudformation")
    given = stack.parameters.items()
    cloudformation.create_stack(
        StackName=stack.stack_name,
        TemplateBody=stack.templates["template.yaml"],
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in given],
    )
    made = eventually(lambda: ours.settled(stack.stack_name))
    assert made["StackStatus"] == "CREATE_COMPLETE", ours.failures(stack.stack_name)
    secret = {"SecretArn"} if isinstance(database, Postgres) else set()
    assert {one["OutputKey"] for one in made["Outputs"]} == {"Endpoint"} | secret
    cloudformation.delete_stack(StackName=stack.stack_name)
    eventually(
        lambda: all(
            one["StackName"] != stack.stack_name
            for one in cloudformation.describe_stacks()["Stacks"]
        )
    )
