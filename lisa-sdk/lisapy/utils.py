"""What programs need besides the client."""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path
from typing import Any


def get_cert_path(iam_client: Any) -> str | bool:
    """Return what an HTTP client is to verify the gateway's certificate with.

    RESTAPI_SSL_CERT_ARN names the certificate. One that was uploaded to IAM is self-signed: it is
    fetched with `iam_client` (boto3's) into a file, whose path is returned and which is removed
    when the program ends. Without the variable, or with a certificate of ACM, it is True.
    """
    arn = os.environ.get("RESTAPI_SSL_CERT_ARN", "")
    if ":iam:" not in arn:
        return True
    name = arn.rpartition("/")[2]
    told = iam_client.get_server_certificate(ServerCertificateName=name)["ServerCertificate"]
    parts = (told["CertificateBody"], told.get("CertificateChain") or "")
    with tempfile.NamedTemporaryFile("w", prefix="lisa-", suffix=".pem", delete=False) as file:
        file.write("\n".join(part.strip() for part in parts if part) + "\n")
    atexit.register(Path(file.name).unlink, missing_ok=True)
    return file.name
