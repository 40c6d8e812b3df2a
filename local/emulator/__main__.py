"""`python -m local.emulator` serves the emulated AWS until it gets SIGTERM or SIGINT.

LISTEN_FD names an inherited listening socket. Whoever holds its other end can restart a killed
emulator without refusing a single connection: they wait in the socket's queue.
"""

import importlib
import os
import socket

SAFE_DEFAULTS = {
    "AUTH": "true",
    "BIND_HOST": "127.0.0.1",
    "GATEWAY_PORT": "4566",
    "IOT_MTLS_ENABLED": "0",
    "SFTP_ENABLED": "0",
}


def listening_socket() -> socket.socket:
    """The socket that was handed over, or a new one on this machine's loopback interface."""
    inherited = os.environ.pop("LISTEN_FD", "")
    if inherited:
        listener = socket.socket(fileno=int(inherited))
    else:
        port = int(os.environ["GATEWAY_PORT"])
        listener = socket.create_server((os.environ["BIND_HOST"], port), backlog=1024)
    # Accepted connections inherit this; without it every answer waits for the client's next ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def prepare_environment(listener: socket.socket) -> None:
    """Name the port to ministack, which reads its settings while it is imported."""
    port = listener.getsockname()[1]
    os.environ["GATEWAY_PORT"] = str(port)
    os.environ.setdefault("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")


def main() -> None:
    """Prepare, patch, serve."""
    for name, value in SAFE_DEFAULTS.items():
        os.environ.setdefault(name, value)
    listener = listening_socket()
    prepare_environment(listener)
    # Not before: ministack reads its settings while it is imported.
    importlib.import_module("local.emulator.patches").apply_all()
    importlib.import_module("local.emulator.server").serve(listener)


if __name__ == "__main__":
    main()
