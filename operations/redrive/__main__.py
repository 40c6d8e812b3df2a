"""`python -m operations.redrive list|redrive`: `make dead-letters` and `make redrive` run it."""

import argparse
import sys

from botocore.exceptions import BotoCoreError, ClientError

from operations.redrive.delivery import Delivery
from operations.redrive.desk import Desk
from operations.redrive.letters import QUEUES
from staging.faults import StagingFailed
from staging.place import place_of
from staging.settings import settings


def main() -> int:
    """Obey one order; 1 if something is still not handled or cannot be done."""
    given = _parser().parse_args()
    try:
        place = place_of(given.environment, settings())
        desk = Desk(Delivery(place.session, place.deployment_name, place.endpoint))
        return _listed(desk) if given.order == "list" else _redriven(desk, given.queue)
    except StagingFailed as failure:
        print(f"\n{failure.what}\n{failure.fix}", file=sys.stderr)
    except LookupError as missing:
        print(f"\nThere is no queue {missing} here. Its part is not deployed.", file=sys.stderr)
    except (ClientError, BotoCoreError) as error:
        print(f"\n{error}\nWith another sign-in, set AWS_PROFILE.", file=sys.stderr)
    return 1


def _listed(desk: Desk) -> int:
    for name, count, letters in desk.waiting():
        print(f"{name:26}{count:6}")
        for letter in letters:
            print(f"    {letter}")
    return 0


def _redriven(desk: Desk, name: str) -> int:
    handled = failed = 0
    for outcome in desk.redriven(name):
        handled, failed = handled + (not outcome.failure), failed + bool(outcome.failure)
        print(f"{'failed  ' if outcome.failure else 'handled '} {outcome.letter}")
        if outcome.failure:
            print(f"         {outcome.failure}")
    print(f"{handled} handled, {failed} still in {name}.")
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="operations.redrive", description=__doc__)
    parser.add_argument("order", choices=["list", "redrive"])
    parser.add_argument("--environment", required=True, help="of samconfig.toml")
    parser.add_argument("--queue", choices=QUEUES, default=QUEUES[0])
    return parser


if __name__ == "__main__":
    sys.exit(main())
