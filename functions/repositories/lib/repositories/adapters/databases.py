"""The databases of repositories, signed in to by a secret or by IAM."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from catalogue.repository import Repository
from kernel.observability import client
from stores.errors import StoreError

if TYPE_CHECKING:
    from catalogue.connection import RdsConfig
    from stores.port import VectorStore

# A function that stays warm for many repositories keeps this many connections.
MOST_KEPT = 16
