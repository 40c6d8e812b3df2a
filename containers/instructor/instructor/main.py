"""From the environment to a served embedding model, or to an exit code with a reason."""

import os

import uvicorn

from instructor.app import App
from instructor.encoder import SentenceEncoder
from instructor.work import Work
from serving import bucket, fetch, task
from serving.command import ALONE
from serving.faults import CannotStart
from serving.selection import checkpoint
from serving.start import end_at_once_on_sigterm, explain
from serving.task import Task

# Above the load balancer's 600, so that never the server is the one who hangs up.
KEEP_ALIVE_SECONDS = 610


def main() -> int:
    end_at_once_on_sigterm()
    try:
        chosen = task.load(os.environ, ("embedding",))
        folder = fetch.fetch(bucket.client(chosen), chosen, checkpoint)
        # Read when the libraries are imported, which happens next.
        os.environ.update({**ALONE, **os.environ})
        app = App(chosen.model_id, Work(SentenceEncoder(folder)))
    except CannotStart as reason:
        return explain(reason)
    serve(app, chosen)
    return 0


def serve(app: App, chosen: Task) -> None:
    """Until SIGTERM, and then until the requests under way have ended."""
    uvicorn.run(
        app,
        host=chosen.host,
        port=chosen.port,
        http="httptools",
        lifespan="off",
        access_log=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=60,
        h11_max_incomplete_event_size=64 * 1024,
    )
