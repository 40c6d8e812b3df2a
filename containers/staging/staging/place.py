"""The deployment to stage for: which account, region and bucket an environment's name means."""

import json
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from staging.faults import StagingFailed
from staging.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_cloudformation.type_defs import ParameterTypeDef, StackTypeDef
    from mypy_boto3_ecr import ECRClient
    from mypy_boto3_s3 import S3Client

LOCAL = "local"
_PATIENT = Config(retries={"mode": "standard", "max_attempts": 5})


@dataclass(frozen=True)
class Place:
    """One deployment; `endpoint` only on a laptop."""

    environment: str
    stack_name: str
    session: boto3.Session
    endpoint: str | None = None
    overrides: object = None

    @property
    def is_there(self) -> bool:
        """Return whether the stack has been made."""
        try:
            return bool(self._stack)
        except StagingFailed:
            return False

    @property
    def s3(self) -> "S3Client":
        """Return a client of its S3."""
        return self.session.client("s3", endpoint_url=self.endpoint, config=_PATIENT)

    @property
    def ecr(self) -> "ECRClient":
        """Return a client of its registry."""
        return self.session.client("ecr", endpoint_url=self.endpoint, config=_PATIENT)

    @property
    def parameters(self) -> dict[str, str]:
        """Return what the deployment was given, by name."""
        given = self._stack.get("Parameters", [])
        return {one["ParameterKey"]: one["ParameterValue"] for one in given}

    @property
    def outputs(self) -> dict[str, str]:
        """Return what the deployment tells, by name."""
        told = self._stack.get("Outputs", [])
        return {one["OutputKey"]: one["OutputValue"] for one in told}

    def allow_origin(self, origin: str) -> None:
        """Let people sign in at a web address, and its pages call what the deployment has."""
        client = self.cloudformation
        parameters: list[ParameterTypeDef] = [
            {"ParameterKey": "AllowedOrigin", "ParameterValue": origin}
            if name == "AllowedOrigin"
            else {"ParameterKey": name, "UsePreviousValue": True}
            for name in self.parameters
        ]
        client.update_stack(
            StackName=self.stack_name,
            UsePreviousTemplate=True,
            Parameters=parameters,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        client.get_waiter("stack_update_complete").wait(
            StackName=self.stack_name, WaiterConfig={"Delay": 5, "MaxAttempts": 720}
        )

    @property
    def models_bucket(self) -> str:
        """Name the bucket that the deployment's servers read weights from."""
        for output in self._stack.get("Outputs", []):
            if output.get("OutputKey") == "ModelsBucketName":
                return output["OutputValue"]
        raise StagingFailed(
            f"The stack {self.stack_name} has no output ModelsBucketName.",
            "Deploy it to the end, or name the bucket: BUCKET=...",
        )

    @property
    def deployment_name(self) -> str:
        """Return what the names of the deployment's resources begin with."""
        return self.parameters.get("DeploymentName", self.stack_name)

    @property
    def cloudformation(self) -> "CloudFormationClient":
        """Return a client of its CloudFormation."""
        return self.session.client("cloudformation", endpoint_url=self.endpoint, config=_PATIENT)

    @cached_property
    def _stack(self) -> "StackTypeDef":
        try:
            return self.cloudformation.describe_stacks(StackName=self.stack_name)["Stacks"][0]
        except ClientError as error:
            if error.response["Error"]["Code"] != "ValidationError":
                raise
            raise StagingFailed(
                f"There is no stack {self.stack_name} in {self.session.region_name}.",
                f"Deploy it first: make deploy ENVIRONMENT={self.environment}. For another account "
                "or region, set AWS_PROFILE or AWS_REGION.",
            ) from error


def place_of(environment: str, settings: Settings) -> Place:
    """Read what samconfig.toml says of an environment; `local` is the product that runs here."""
    parameters = _parameters(settings.root / "samconfig.toml", environment)
    stack_name = str(parameters.get("stack_name", ""))
    if environment == LOCAL:
        return _here(settings.endpoints, stack_name)
    session = boto3.Session(
        region_name=parameters.get("region"), profile_name=parameters.get("profile")
    )
    if not session.region_name:
        raise StagingFailed(
            "No AWS region is set.", "Set AWS_REGION, or a region of your profile (aws configure)."
        )
    return Place(environment, stack_name, session, overrides=parameters.get("parameter_overrides"))


def _parameters(samconfig: Path, environment: str) -> dict[str, Any]:
    known = tomllib.loads(samconfig.read_text("utf-8"))
    parameters = known.get(environment, {}) if isinstance(known.get(environment), dict) else {}
    found: dict[str, Any] = parameters.get("deploy", {}).get("parameters", {})
    if not found.get("stack_name"):
        names = [name for name in known if isinstance(known[name], dict) and name != "default"]
        raise StagingFailed(
            f"samconfig.toml knows no environment {environment}.",
            f"Give one of them: ENVIRONMENT={' or '.join(names)}; or add [{environment}.deploy."
            "parameters] with a stack_name.",
        )
    return found


def _here(endpoints: Path, stack_name: str) -> Place:
    try:
        facts = json.loads(endpoints.read_text("utf-8"))
        endpoint, region = str(facts["aws_endpoint_url"]), str(facts["region"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StagingFailed(
            "The product does not run on this machine.", "Start it: make up."
        ) from error
    # The local AWS knows these two words; those of a real account must never reach it.
    session = boto3.Session(
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106
        region_name=region,
    )
    return Place(LOCAL, stack_name, session, endpoint)
