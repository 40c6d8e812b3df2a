"""What the account and its region have: offerings of EC2, and its quotas."""

from botocore.exceptions import BotoCoreError, ClientError

from kernel.observability import client, logger
from planning.instances import QUOTA_CODES


class AwsAccount:
    """The `Account` port, made anew for each plan.

    It needs ec2:DescribeInstanceTypeOfferings and servicequotas:GetServiceQuota. Neither is
    everywhere, and a plan without them is still a plan: what refuses is logged and unknown.
    """

    def __init__(self) -> None:
        self._zones: dict[str, list[str] | None] = {}

    def offered(self, instance_type: str) -> bool | None:
        zones = self.zones(instance_type)
        return None if zones is None else bool(zones)

    def zones(self, instance_type: str) -> list[str] | None:
        if instance_type not in self._zones:
            self._zones[instance_type] = _zones(instance_type)
        return self._zones[instance_type]

    def quota_vcpus(self, family: str) -> float | None:
        try:
            reply = client("service-quotas").get_service_quota(
                ServiceCode="ec2", QuotaCode=QUOTA_CODES[family]
            )
        except (ClientError, BotoCoreError) as error:
            logger.warning("the quota could not be asked", extra={"cause": _cause(error)})
            return None
        return float(reply["Quota"]["Value"])


def _zones(instance_type: str) -> list[str] | None:
    try:
        # A region has some zones: one page holds them all.
        reply = client("ec2").describe_instance_type_offerings(
            LocationType="availability-zone",
            Filters=[{"Name": "instance-type", "Values": [instance_type]}],
        )
    except (ClientError, BotoCoreError) as error:
        logger.warning("the offerings could not be asked", extra={"cause": _cause(error)})
        return None
    return sorted(found["Location"] for found in reply["InstanceTypeOfferings"])


def _cause(error: ClientError | BotoCoreError) -> str:
    if isinstance(error, ClientError):
        return str(error.response["Error"].get("Code"))
    return type(error).__name__
