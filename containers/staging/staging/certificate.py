"""A certificate of our own for the gateway's balancer: for trials, where nobody signs one."""

import subprocess
from pathlib import Path
from typing import Any

from staging.faults import StagingFailed

# What browsers accept at most.
_DAYS = "397"


def self_signed(domain: str, folder: Path) -> tuple[str, str]:
    """Make a certificate for a domain name and its key, and return both as PEM texts."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", _DAYS]
    command += ["-subj", f"/CN={domain}", "-addext", f"subjectAltName=DNS:{domain}"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    except FileNotFoundError as error:
        raise StagingFailed(
            "There is no openssl on this machine, which makes the certificate.",
            "Install it, or upload a certificate that you have: aws iam upload-server-certificate.",
        ) from error
    except subprocess.CalledProcessError as error:
        raise StagingFailed(
            f"openssl made no certificate for {domain!r}: {error.stderr.strip()[-200:]}",
            "Give the name by which the gateway is called: make dev-cert DOMAIN=llm.example.",
        ) from error
    return certificate.read_text("utf-8"), key.read_text("utf-8")


def upload(iam: Any, name: str, certificate: str, key: str) -> str:
    """Put both into IAM, where balancers read them, and return the ARN."""
    try:
        answer = iam.upload_server_certificate(
            ServerCertificateName=name, CertificateBody=certificate, PrivateKey=key
        )
    except iam.exceptions.EntityAlreadyExistsException as error:
        raise StagingFailed(
            f"IAM has a certificate {name} already.",
            f"Keep it, or delete it first: aws iam delete-server-certificate "
            f"--server-certificate-name {name}.",
        ) from error
    arn: str = answer["ServerCertificateMetadata"]["Arn"]
    return arn
