"""Whether this process is on its way out: whoever waits in a thread of its own asks here."""

import threading

process_ends = threading.Event()


class Ending(BaseException):
    """The process ends: no failure of what was going on, so whatever handles those lets it pass."""
