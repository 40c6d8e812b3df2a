"""The actions of IAM that operations of AWS need, by its service authorization reference."""

from collections.abc import Iterable, Mapping
from functools import cache

import botocore.session
from botocore import xform_name

# A row that may be read by its key may be read in a page: one right, which named policies share.
READS = frozenset({"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"})
# A transaction is allowed as what it is made of.
WRITES = frozenset(
    f"dynamodb:{one}" for one in ("PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem")
)
_PREFIXES = {"elbv2": "elasticloadbalancing", "service-quotas": "servicequotas"}
_OTHERWISE: Mapping[tuple[str, str], frozenset[str]] = {
    ("s3", "list_objects_v2"): frozenset({"s3:ListBucket"}),
    ("s3", "head_bucket"): frozenset({"s3:ListBucket"}),
    ("s3", "head_object"): frozenset({"s3:GetObject"}),
    ("s3", "delete_objects"): frozenset({"s3:DeleteObject"}),
    ("s3", "list_object_versions"): frozenset({"s3:ListBucketVersions"}),
    ("sqs", "send_message_batch"): frozenset({"sqs:SendMessage"}),
    ("rds", "generate_db_auth_token"): frozenset({"rds-db:connect"}),
}
# What goes with an operation, if it is done in a way that its name does not tell.
_WITH: Mapping[tuple[str, str], frozenset[str]] = {
    # Without it, an object that is not there is a 403.
    ("s3", "get_object"): frozenset({"s3:ListBucket"}),
    ("s3", "head_object"): frozenset({"s3:ListBucket"}),
    ("s3", "delete_objects"): frozenset({"s3:DeleteObjectVersion"}),
    ("s3", "put_object"): frozenset({"s3:PutObjectTagging"}),
    ("secretsmanager", "create_secret"): frozenset({"secretsmanager:TagResource"}),
    # CloudFormation reads the template, and hands on the role, as its caller.
    ("cloudformation", "create_stack"): frozenset({"iam:PassRole", "s3:GetObject"}),
    ("cloudformation", "update_stack"): frozenset({"iam:PassRole", "s3:GetObject"}),
    # The adapter that knows PostgreSQL asks OpenSearch, too, by signed requests beside boto3.
    ("rds", "generate_db_auth_token"): frozenset(
        {
            "aoss:APIAccessAll",
            *(f"es:ESHttp{verb}" for verb in ("Delete", "Get", "Head", "Post", "Put")),
        }
    ),
}


def missing(operations: Iterable[tuple[str, str]], granted: set[str]) -> set[str]:
    """What is called and not granted."""
    found: set[str] = set()
    for operation in operations:
        if operation == ("dynamodb", "transact_write_items"):
            found |= set() if granted & WRITES else {"one of dynamodb's writes"}
        else:
            found |= _actions(*operation) - granted
    return found


def idle(operations: Iterable[tuple[str, str]], granted: set[str]) -> set[str]:
    """What is granted and never called."""
    used: set[str] = set()
    for operation in operations:
        used |= _WITH.get(operation, frozenset())
        if operation == ("dynamodb", "transact_write_items"):
            used |= WRITES
        else:
            used |= _actions(*operation)
    if used & READS:
        used |= READS
    return granted - used


def _actions(service: str, operation: str) -> frozenset[str]:
    if (service, operation) in _OTHERWISE:
        return _OTHERWISE[service, operation]
    prefix = _PREFIXES.get(service, service)
    return frozenset({f"{prefix}:{_operations(service)[operation]}"})


@cache
def _operations(service: str) -> Mapping[str, str]:
    """boto3's name of each operation, to the API's."""
    known = botocore.session.get_session().get_service_model(service)
    return {xform_name(name): name for name in known.operation_names}
