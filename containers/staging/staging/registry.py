"""The deployment's own registry: Amazon ECR."""

import base64
import binascii
from typing import TYPE_CHECKING

from staging.faults import StagingFailed

if TYPE_CHECKING:
    from mypy_boto3_ecr import ECRClient


class Registry:
    """One repository of the registry, made when it is first asked for."""

    def __init__(self, ecr: "ECRClient", repository: str) -> None:
        self._ecr, self.repository = ecr, repository

    def uri(self) -> str:
        """Return the repository's address, which begins with the registry's."""
        try:
            found = self._ecr.describe_repositories(repositoryNames=[self.repository])
            return found["repositories"][0]["repositoryUri"]
        except self._ecr.exceptions.RepositoryNotFoundException:
            made = self._ecr.create_repository(
                repositoryName=self.repository,
                # A tag that changes its image would change what a restarted server is.
                imageTagMutability="IMMUTABLE",
                imageScanningConfiguration={"scanOnPush": True},
                encryptionConfiguration={"encryptionType": "AES256"},
            )
            return made["repository"]["repositoryUri"]

    def has(self, tag: str) -> bool:
        """Whether an image was pushed under this tag."""
        try:
            found = self._ecr.describe_images(
                repositoryName=self.repository, imageIds=[{"imageTag": tag}]
            )
        except self._ecr.exceptions.ImageNotFoundException:
            return False
        return bool(found["imageDetails"])

    def remove(self, tag: str) -> None:
        """Take a tag away, so that another image may have it."""
        self._ecr.batch_delete_image(repositoryName=self.repository, imageIds=[{"imageTag": tag}])

    def password(self) -> str:
        """Return a password that is valid for some hours; its user is called AWS."""
        granted = self._ecr.get_authorization_token()["authorizationData"][0]
        try:
            user, _, password = (
                base64.b64decode(granted["authorizationToken"]).decode().partition(":")
            )
        except (binascii.Error, UnicodeDecodeError) as error:
            raise StagingFailed(
                "ECR answered with no password.", "Run the command again."
            ) from error
        if user != "AWS" or not password:
            raise StagingFailed("ECR answered with no password.", "Run the command again.")
        return password
