"""llama.cpp's own HTTP server, inside this process."""

import socket
import time
from pathlib import Path

import xllamacpp

from llamacpp.settings import Settings
from serving.faults import ServerFailed

SECONDS_BETWEEN_LOOKS = 5


def serve(settings: Settings, model_file: Path) -> None:
    """Loads the model (`/health` says 503 meanwhile), then serves it until the process is ended."""
    check_is_gguf(model_file)
    started = time.monotonic()
    try:
        server = xllamacpp.Server(parameters(settings, model_file))
    except RuntimeError as error:
        raise ServerFailed(
            f"llama.cpp could not serve {model_file.name} on "
            f"{settings.task.host}:{settings.task.port}. Its own lines above say why.",
            "Most often the file is incomplete or of a kind that this version does not know, the "
            "memory is too small (lower CONTEXT_LENGTH or PARALLEL), or the port is in use.",
        ) from error
    seconds = time.monotonic() - started
    address = server.listening_address
    print(f"{settings.task.model_id} answers at {address} after {seconds:.1f} s.", flush=True)
    while accepts_connections(settings):
        time.sleep(SECONDS_BETWEEN_LOOKS)
    raise ServerFailed(
        f"llama.cpp's server no longer accepts connections on port {settings.task.port}.",
        "A new task takes its place; if this repeats, give the model more memory.",
    )


def parameters(settings: Settings, model_file: Path) -> xllamacpp.CommonParams:
    chosen = xllamacpp.CommonParams()
    chosen.model.path = str(model_file)
    chosen.model_alias = {settings.task.model_id}
    chosen.hostnames = [settings.task.host]
    chosen.port = settings.task.port
    chosen.use_jinja = True
    chosen.endpoint_metrics = True
    chosen.endpoint_slots = False  # it would show what other callers are doing
    chosen.ui = False
    chosen.cors_origins = ""  # the gateway calls, a web page never does
    chosen.n_parallel = settings.parallel
    chosen.cache_ram_mib = settings.prompt_cache_mib
    if settings.threads:
        chosen.cpuparams.n_threads = settings.threads
    # Each caller has memory of its own. Shared memory (kv_unified) would need less, but when it is
    # full, llama.cpp answers 500 to every caller at once.
    chosen.n_ctx = settings.context_length * settings.parallel
    if settings.embedding:
        chosen.embedding = True
        # A text is embedded in one piece, and refused when it is longer than the piece.
        chosen.n_batch = chosen.n_ubatch = settings.context_length
    return chosen


def check_is_gguf(model_file: Path) -> None:
    with model_file.open("rb") as file:
        if file.read(4) == b"GGUF":
            return
    raise ServerFailed(
        f"{model_file.name} is not a GGUF file, whatever its name says.",
        "Upload the converted model (llama.cpp's convert_hf_to_gguf.py makes one) and try again.",
    )


def accepts_connections(settings: Settings) -> bool:
    host = "127.0.0.1" if settings.task.host == "0.0.0.0" else settings.task.host
    try:
        socket.create_connection((host, settings.task.port), timeout=SECONDS_BETWEEN_LOOKS).close()
    except ConnectionRefusedError:
        return False
    except OSError:
        return True  # busy is not dead: the load balancer's health check judges that
    return True
