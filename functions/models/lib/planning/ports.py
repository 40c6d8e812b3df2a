"""What planning needs from the world, in its own words."""

from typing import Protocol

from checkpoint.ports import MAX_FILES, ModelFiles, Unreadable

__all__ = ["MAX_FILES", "Account", "ModelFiles", "Unreadable"]


class Account(Protocol):
    """The AWS account and its region. None is the answer to whatever cannot be found out."""

    def offered(self, instance_type: str) -> bool | None:
        """Return whether the region has the instance type at all."""

    def zones(self, instance_type: str) -> list[str] | None:
        """Return the availability zones that have the instance type, in order."""

    def quota_vcpus(self, family: str) -> float | None:
        """Return how many vCPUs of a family (see QUOTA_CODES) may run at the same time."""
