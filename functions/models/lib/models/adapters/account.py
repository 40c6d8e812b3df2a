"""What the account and its region have: offerings of EC2, and its quotas."""

from collections.abc import Callable
from typing import Any

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
            wanted = {"Name": "instance-type", "Values": [instance_type]}
            # A region has some zones: one page holds them all.
            reply = _asked(
                client("ec2").describe_instance_type_offerings,
                LocationType="availability-zone",
                Filters=[wanted],
            )
            found = reply and sorted(one["Location"] for one in reply["InstanceTypeOfferings"])
            self._zones[instance_type] = found
        return self._zones[instance_type]

    def quota_vcpus(self, family: str) -> float | None:
        ask = client("service-quotas").get_service_quota
        reply = _asked(ask, ServiceCode="ec2", QuotaCode=QUOTA_CODES[family])
        return reply and float(reply["Quota"]["Value"])


def _asked(ask: Callable[..., Any], **about: Any) -> Any:
    try:
        return ask(**about)
    except (ClientError, BotoCoreError) as error:
        logger.warning("the account could not be asked", extra={"cause": str(error)[:200]})
        return None
