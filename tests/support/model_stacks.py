"""A hosted model as an example, and what its rendered stack says."""

from dataclasses import replace
from typing import Any

from model_stack import Deployment, ModelStackSpec, render
from tests.support.cloudformation import parsed

DEPLOYMENT = Deployment(
    deployment_name="lisa-test",
    vpc_id="vpc-0123456789abcdef0",
    subnets=("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
    balancer_security_group="sg-0123456789abcdef0",
    instance_security_group="sg-0123456789abcdef1",
    models_bucket="lisa-test-models",
    templates_url="https://templates.s3.eu-west-1.amazonaws.com",
)
MISTRAL = ModelStackSpec(
    model_id="mistral-vllm",
    model_name="mistralai/Mistral-7B-Instruct-v0.2",
    model_type="textgen",
    image="vllm/vllm-openai:v0.5.0",
    image_type="asset",
    inference_container="vllm",
    instance_type="g5.xlarge",
    gpu_count=1,
    memory_reservation_mib=13721,
    shared_memory_mib=2048,
    environment={"MAX_TOTAL_TOKENS": "2048"},
    deployment=DEPLOYMENT,
)
ON_CPU = replace(
    MISTRAL, instance_type="m5.xlarge", gpu_count=0, image="llamacpp", image_type="ecr"
)


def container(spec: ModelStackSpec) -> dict[str, Any]:
    """The container of the rendered task definition."""
    service = parsed(render(spec).templates["service.yaml"])
    definition: dict[str, Any] = service["Resources"]["TaskDefinition"]["Properties"]
    first: dict[str, Any] = definition["ContainerDefinitions"][0]
    return first


def variables_of_the_user(spec: ModelStackSpec) -> dict[str, str]:
    """The rendered environment without what every server gets."""
    ours = [
        variable["Name"] for variable in container(replace(spec, environment={}))["Environment"]
    ]
    return {v["Name"]: v["Value"] for v in container(spec)["Environment"] if v["Name"] not in ours}
