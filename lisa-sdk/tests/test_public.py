"""What others import: the names, the errors, and the certificate of the mission's example."""

from __future__ import annotations

import inspect
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

import lisapy
from lisapy import errors
from lisapy.steps import call, each
from lisapy.utils import get_cert_path


def test_every_error_is_a_lisa_error_and_public() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    ours = [kind for kind in kinds if kind.__module__ == errors.__name__]
    assert len(ours) > 10
    assert all(issubclass(kind, lisapy.LisaError) for kind in ours)
    assert {kind.__name__ for kind in ours} <= set(lisapy.__all__)


def test_every_method_says_what_it_does() -> None:
    with lisapy.Lisa("http://a") as lisa:
        for name, group in vars(lisa).items():
            for word, method in vars(type(group)).items():
                if isinstance(method, (call, each)):
                    assert getattr(group, word).__doc__, f"{name}.{word}"


@pytest.mark.promise("clients.self-signed")
def test_without_a_certificate_of_iam_the_usual_ones_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert get_cert_path(None) is True
    monkeypatch.setenv("RESTAPI_SSL_CERT_ARN", "arn:any:acm:region:1:certificate/1")
    assert get_cert_path(None) is True


@pytest.mark.promise("clients.self-signed")
def test_a_certificate_of_iam_becomes_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    with mock_aws():
        iam_client = boto3.client("iam", region_name="us-east-1")
        arn = iam_client.upload_server_certificate(
            ServerCertificateName="lisa", CertificateBody="BODY", PrivateKey="KEY", Path="/x/"
        )["ServerCertificateMetadata"]["Arn"]
        monkeypatch.setenv("RESTAPI_SSL_CERT_ARN", arn)

        path = get_cert_path(iam_client)

    assert isinstance(path, str)
    assert Path(path).read_text() == "BODY\n"
    Path(path).unlink()
