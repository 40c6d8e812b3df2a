"""`python -m gateway`: the parent, which starts the poller, the lane and the edge."""

from gateway import parent
from gateway.settings import Settings

if __name__ == "__main__":
    parent.run(Settings.load())
