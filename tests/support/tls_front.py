"""A TLS front for what was built without, a PostgreSQL above all: it decrypts, and passes on."""

import datetime
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

_HOST = "127.0.0.1"


def certificate(folder: Path) -> Path:
    """A file with a key and a certificate for 127.0.0.1 that is its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(_HOST))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, raw = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    file = folder / "server.pem"
    secret = key.private_bytes(pem, raw, serialization.NoEncryption())
    file.write_bytes(secret + made.public_bytes(pem))
    return file


@contextmanager
def fronted(port: int, file: Path, asked: bool = True) -> Iterator[int]:
    """Serve TLS for the server on that port; yield the front's port.

    `asked` is how PostgreSQL's clients begin: they ask for TLS, and the front says yes.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    threads: list[threading.Thread] = []
    with socket.create_server((_HOST, 0)) as listening:

        def accept() -> None:
            with suppress(OSError):
                while True:
                    client, _ = listening.accept()
                    threads.append(
                        threading.Thread(target=_serve, args=(client, context, port, asked))
                    )
                    threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        accepting.join()
    for thread in threads:
        thread.join()


def _serve(client: socket.socket, context: ssl.SSLContext, port: int, asked: bool) -> None:
    with client, socket.create_connection((_HOST, port)) as server:
        if asked:
            client.recv(8)
            client.sendall(b"S")
        with suppress(OSError), context.wrap_socket(client, server_side=True) as plain:
            back = threading.Thread(target=_pump, args=(server, plain))
            back.start()
            _pump(plain, server)
            back.join()


def _pump(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    with suppress(OSError):
        other.shutdown(socket.SHUT_WR)
