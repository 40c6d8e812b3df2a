"""What has to go before a deployment's stack can: nobody may stand on it, and buckets be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError, WaiterError

from staging.faults import StagingFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from staging.place import Place

# Beside the site's, these buckets go with their stack, wherever it is nested: what is in them is
# rendered again. CloudFormation removes a bucket only when nothing is in it.
RENDERED = "Templates"
_NESTED, _BUCKET = "AWS::CloudFormation::Stack", "AWS::S3::Bucket"


def require_removable(place: Place) -> None:
    """Raise StagingFailed while anything stands on the deployment, or it is protected."""
    name = place.deployment_name
    kinds = (f"{name}-model-", f"{name}-repository-")
    pages = place.cloudformation.get_paginator("describe_stacks").paginate()
    standing = sorted(
        stack["StackName"]
        for page in pages
        for stack in page["Stacks"]
        if "ParentId" not in stack and stack["StackName"].startswith(kinds)
    )
    if standing:
        raise StagingFailed(
            f"Hosted models, or databases of repositories, stand on it: {', '.join(standing)}.",
            "Delete those models and repositories first, in the console or by the API.",
        )
    if place.parameters.get("DeletionProtection") == "true":
        raise StagingFailed(
            f"The stack {place.stack_name} is protected from deletion.",
            "Deploy it with DeletionProtection=false first.",
        )


def buckets_that_go(place: Place) -> list[str]:
    """Return the buckets that are deleted with the stack, by name."""
    site = place.outputs.get("SiteBucketName")
    return [*([site] if site else []), *_rendered(place.cloudformation, place.stack_name)]


def empty(place: Place, bucket: str) -> None:
    """Remove all that is in a bucket, former versions too."""
    try:
        place.session.resource("s3", endpoint_url=place.endpoint).Bucket(
            bucket
        ).object_versions.delete()
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchBucket":
            raise


def remove(place: Place) -> None:
    """Remove the stack and wait until it is gone. Raise StagingFailed with what is in the way."""
    place.cloudformation.delete_stack(StackName=place.stack_name)
    waiter = place.cloudformation.get_waiter("stack_delete_complete")
    try:
        # A network's interfaces take CloudFormation up to an hour.
        waiter.wait(StackName=place.stack_name, WaiterConfig={"Delay": 5, "MaxAttempts": 1080})
    except WaiterError:
        events = place.cloudformation.describe_stack_events(StackName=place.stack_name)
        why = [
            f"{one['LogicalResourceId']}: {one.get('ResourceStatusReason', '')}"
            for one in events["StackEvents"]
            if one["ResourceStatus"] == "DELETE_FAILED"
        ]
        raise StagingFailed(
            f"The stack {place.stack_name} could not be removed. {'; '.join(why)[:1000]}",
            "Remove what is named, then run the same command again.",
        ) from None


def confirmed(place: Place) -> bool:
    """Ask whoever sits there; only the stack's whole name is a yes."""
    question = (
        f"This removes the installation {place.stack_name} in {place.session.region_name}. What"
        " people made stays in the account: tables, documents, pictures and weights.\n"
        "Type the stack's name to go on: "
    )
    try:
        return input(question).strip() == place.stack_name
    except EOFError:
        return False


def _rendered(cloudformation: Any, stack: str) -> Iterator[str]:
    pages = cloudformation.get_paginator("list_stack_resources").paginate(StackName=stack)
    for one in (one for page in pages for one in page["StackResourceSummaries"]):
        if one["ResourceType"] == _NESTED:
            yield from _rendered(cloudformation, one["PhysicalResourceId"])
        elif (one["ResourceType"], one["LogicalResourceId"]) == (_BUCKET, RENDERED):
            yield one["PhysicalResourceId"]
