"""The names that failures bear in the API, with what each means and what usually mends it."""

from types import MappingProxyType
from typing import NamedTuple


class Meaning(NamedTuple):
    """What a code says, and the fix for whoever knows no more than the code."""

    meaning: str
    fix: str


# Published names: clients compare them, so one that was given out is never renamed.
CODES = MappingProxyType(
    {
        "NoCapacity": Meaning(
            "AWS has no free {instance} in the zones of this deployment.",
            "Choose another instanceType of about the same size, or try again later: this is "
            "AWS's supply and not your quota. For a model that must be there, reserve capacity.",
        ),
        "InstanceTypeUnavailable": Meaning(
            "AWS does not offer {instance} where this deployment has its subnets.",
            "Choose another instanceType, or deploy with subnets in zones of {region} that offer "
            "it (aws ec2 describe-instance-type-offerings lists them).",
        ),
        "QuotaExceeded": Meaning(
            "A quota of this AWS account is used up.",
            "Ask for a higher quota in Service Quotas, in {region}, or stop what uses it up.",
        ),
        "SubnetFull": Meaning(
            "The subnets have no free address for another instance.",
            "Free addresses in the subnets of this deployment, or give it larger ones.",
        ),
        "LaunchFailed": Meaning(
            "EC2 could not start {instance}.",
            "Remove the cause that EC2 names, or choose another instanceType.",
        ),
        "InstanceNeverJoined": Meaning(
            "An instance was started, but it never became part of the model's cluster.",
            "Check that the subnets reach ECS, ECR and CloudWatch Logs (a NAT gateway, or "
            "interface endpoints whose security group admits port 443), and that the instances' "
            "role may register with ECS.",
        ),
        "NoRoute": Meaning(
            "The instance has no way to a service that it needs.",
            "Give the subnets of this deployment a way there: a NAT gateway, or endpoints for ECR "
            "(api and dkr), S3, CloudWatch Logs and ECS whose security group admits port 443.",
        ),
        "ImageUnavailable": Meaning(
            "The container image could not be pulled.",
            "Correct containerConfig.image.baseImage (registry, repository and tag). An image of "
            "type asset or tarball has to be staged first: make stage-image.",
        ),
        "PermissionDenied": Meaning(
            "A role of this deployment may not do what the model needs.",
            "Allow the role the action that is named in the message.",
        ),
        "WeightsMissing": Meaning(
            "A file that the server needs is not among the model's weights.",
            "Upload the whole model below s3://<models bucket>/<modelName>/: config.json, the "
            "tokenizer and every *.safetensors file (or the *.gguf file for llamacpp).",
        ),
        "WeightsUnreadable": Meaning(
            "The model's weights are incomplete or damaged.",
            "Upload the weights again, whole, below s3://<models bucket>/<modelName>/, and compare "
            "their sizes with the original's.",
        ),
        "DiskFull": Meaning(
            "The instance's disk is full.",
            "Raise autoScalingConfig.blockDeviceVolumeSize: it must hold the image and the weights "
            "with some room to spare.",
        ),
        "OutOfMemory": Meaning(
            "The server needs more memory than the instance has for it.",
            "Choose an instanceType with more memory, or serve less at once: a shorter context or "
            "fewer requests in parallel.",
        ),
        "GpuOutOfMemory": Meaning(
            "The model does not fit into the GPU memory of {instance}.",
            "Choose an instanceType with more GPU memory, use quantised weights, or lower the "
            "context length (VLLM_MAX_MODEL_LEN, MAX_TOTAL_TOKENS) in containerConfig.environment.",
        ),
        "ContextTooLong": Meaning(
            "The context length that is asked for is more than the model or its memory allows.",
            "Lower the context length (VLLM_MAX_MODEL_LEN, MAX_TOTAL_TOKENS or CONTEXT_LENGTH) in "
            "containerConfig.environment.",
        ),
        "UnsupportedGpu": Meaning(
            "The GPU of {instance} cannot do what the model asks of it.",
            "Choose an instanceType with a newer GPU: g5, g6 or later instead of g4dn.",
        ),
        "BadConfig": Meaning(
            "The server does not accept its configuration.",
            "Correct containerConfig.environment, or choose another inferenceContainer.",
        ),
        "HealthPathWrong": Meaning(
            "The server runs, but does not answer its health path with 200.",
            "Set loadBalancerConfig.healthCheckConfig.path to the path at which the server says "
            "that it is healthy: /health for vllm, tgi, tei and llamacpp.",
        ),
        "HealthCheckFailed": Meaning(
            "The server runs, but did not pass its health checks.",
            "Read {log} for what the server was doing. If it only needs longer, raise timeout and "
            "unhealthyThresholdCount in loadBalancerConfig.healthCheckConfig.",
        ),
        "ServerDied": Meaning(
            "The inference server keeps ending before it answers.",
            "Read {log} for the server's own words, and correct containerConfig or the weights.",
        ),
        "StackFailed": Meaning(
            "CloudFormation could not make, change or remove the model's stack.",
            "Remove the cause that CloudFormation names.",
        ),
        "StartTimedOut": Meaning(
            "The server was not healthy in time.",
            "Read {log}. A large model may only need longer; otherwise check that {region} has "
            "capacity for {instance} and that the server answers {health_path}.",
        ),
    }
)
