"""Resource types that ministack refuses and that have nothing to do on one machine.

Symptom: `CREATE_FAILED: Unsupported resource type`. On AWS these shape capacity, scaling and
network paths; here they are recorded in the stack, so that the same templates deploy.
"""

from typing import Any

from ministack.services.cloudformation import provisioners

Values = dict[str, Any]

ATTRIBUTES: dict[str, dict[str, str]] = {
    "AWS::ApplicationAutoScaling::ScalableTarget": {},
    "AWS::ApplicationAutoScaling::ScalingPolicy": {},
    "AWS::CloudWatch::CompositeAlarm": {},
    "AWS::EC2::EIP": {"AllocationId": "eipalloc-local", "PublicIp": "127.0.0.1"},
    "AWS::EC2::FlowLog": {},
    "AWS::EC2::NatGateway": {"NatGatewayId": "nat-local"},
    "AWS::EC2::SecurityGroupEgress": {},
    "AWS::EC2::SecurityGroupIngress": {},
    "AWS::ECS::CapacityProvider": {},
    "AWS::ECS::ClusterCapacityProviderAssociations": {},
    "AWS::Events::Archive": {},
    "AWS::WAFv2::WebACLAssociation": {},
    "AWS::XRay::Group": {},
}
# `Ref` of these types is their name on AWS, and templates pass it on as one.
NAMED_BY = {
    "AWS::CloudWatch::CompositeAlarm": "AlarmName",
    "AWS::ECS::CapacityProvider": "Name",
    "AWS::Events::Archive": "ArchiveName",
}


def _recorder(resource_type: str) -> dict[str, Any]:
    attributes = ATTRIBUTES[resource_type]

    def create(logical_id: str, properties: Values, stack: str) -> tuple[str, dict[str, str]]:
        name = properties.get(NAMED_BY.get(resource_type, "")) or f"{stack}-{logical_id}-local"
        return str(name), dict(attributes)

    def update(
        physical_id: str, old: Values, new: Values, stack: str
    ) -> tuple[str, dict[str, str]]:
        return physical_id, dict(attributes)

    def delete(physical_id: str, properties: dict[str, Any]) -> None:
        return None

    return {"create": create, "update": update, "delete": delete}


def apply() -> None:
    """Record each type, unless a later ministack does more with it."""
    for resource_type in ATTRIBUTES:
        provisioners._RESOURCE_HANDLERS.setdefault(resource_type, _recorder(resource_type))
