"""A certificate of our own: made by openssl, and kept by IAM."""

import ssl
from pathlib import Path

import boto3
import pytest
from botocore.stub import Stubber
from moto import mock_aws

from staging.certificate import self_signed, upload
from staging.faults import StagingFailed


@pytest.mark.promise("deployment.dev-cert")
def test_a_certificate_is_made_for_a_name_and_uploaded(tmp_path: Path) -> None:
    certificate, key = self_signed("llm.example", tmp_path)
    trusted = ssl.create_default_context(cadata=certificate)
    [only] = trusted.get_ca_certs()
    assert ("DNS", "llm.example") in only["subjectAltName"]  # type: ignore[typeddict-item]
    with mock_aws():
        iam = boto3.client("iam", region_name="us-east-1")
        arn = upload(iam, "lisa-dev", certificate, key)
        assert arn.endswith(":server-certificate/lisa-dev")
        kept = iam.get_server_certificate(ServerCertificateName="lisa-dev")["ServerCertificate"]
        assert kept["CertificateBody"].strip() == certificate.strip()


def test_one_that_is_there_is_not_replaced() -> None:
    iam = boto3.Session("key", "secret").client("iam")
    with Stubber(iam) as stubbed:
        stubbed.add_client_error("upload_server_certificate", "EntityAlreadyExists")
        with pytest.raises(StagingFailed, match="delete-server-certificate"):
            upload(iam, "lisa-dev", "certificate", "key")


def test_a_name_that_is_none_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(StagingFailed, match="make dev-cert DOMAIN="):
        self_signed("", tmp_path)
