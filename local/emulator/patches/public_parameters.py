"""The images for ECS instances that AWS publishes as parameters.

Symptom: a template parameter of the type `AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>` fails
with `SSM parameter '/aws/service/ecs/optimized-ami/...' does not exist`. On AWS every account can
read these; here no instance starts, so that each of them names the same stand-in image.
"""

from ministack.services import ssm

SYSTEMS = ("amazon-linux-2", "amazon-linux-2023")
VARIANTS = ("", "arm64/", "gpu/", "neuron/")


def apply() -> None:
    """Publish one image per system and variant."""
    for system in SYSTEMS:
        for variant in VARIANTS:
            name = f"/aws/service/ecs/optimized-ami/{system}/{variant}recommended/image_id"
            ssm._PUBLIC_AMI_PARAMETERS.setdefault(name, "ami-0c2023a1b2c3d4e5f")
