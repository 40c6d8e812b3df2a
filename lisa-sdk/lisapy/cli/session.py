"""Who runs a command, on which installation, and how it is told when something fails."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from functools import update_wrapper
from typing import Any, Callable, TypeVar

import click

from lisapy import Lisa, LisaError, NotConfigured, NotSignedIn, SignIn, SignInFailed, Unreachable
from lisapy.cli.output import plain
from lisapy.cli.profiles import Profile, Profiles

F = TypeVar("F", bound=Callable[..., Any])

FAILED, NOBODY, NO_ANSWER, STOPPED = 1, 3, 4, 130


@dataclass
class Session:
    """The options that all commands share, and the client that they make when it is needed."""

    profile: str = "default"
    url: str = ""
    verify: str = ""
    json: bool = False
    profiles: Profiles = field(default_factory=Profiles)

    def lisa(self) -> Lisa:
        """Return the client: of --url, of the environment, or of the profile; closed at the end."""
        client = self._client()
        click.get_current_context().call_on_close(client.close)
        return client

    def _client(self) -> Lisa:
        if self.url:
            return Lisa.connect(self.url, verify=self.verify or True)
        env = os.environ
        if env.get("LISA_API_URL") or env.get("LISA_SERVE_URL"):
            return Lisa(verify=self.verify or True)
        profile = self.profiles.get(self.profile)
        client = Lisa(verify=self.verify or profile.verify or True)
        client.exchange.places = profile.places
        if not env.get("LISA_TOKEN"):
            client.exchange.credential = profile.credential()
            self._store_renewals(client, profile)
        return client

    def _store_renewals(self, client: Lisa, profile: Profile) -> None:
        credential = client.exchange.credential
        if isinstance(credential, SignIn):

            def store(renewed: SignIn) -> None:
                profile.keep(renewed)
                self.profiles.put(self.profile, profile)

            credential.on_change = store


def command(group: click.Group, name: str) -> Callable[[F], F]:
    """Make a command of a group: with --json, the session as its first argument, and our errors."""

    def made(function: F) -> F:
        @click.pass_obj
        def run(session: Session, /, **arguments: Any) -> None:
            with _Told():
                function(session, **arguments)

        update_wrapper(run, function)
        as_json = click.option(
            "--json", is_flag=True, expose_value=False, callback=_json, help="Show it as JSON."
        )
        group.command(name)(as_json(run))
        return function

    return made


class _Told:
    """Tells LISA's errors on the error stream, and ends the program with their code."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, LisaError):
            click.echo(plain(error), err=True)
            sys.exit(_code(error))
        if isinstance(error, KeyboardInterrupt):
            click.echo("Stopped.", err=True)
            sys.exit(STOPPED)


def _code(error: LisaError) -> int:
    if isinstance(error, (NotSignedIn, NotConfigured, SignInFailed)):
        return NOBODY
    return NO_ANSWER if isinstance(error, Unreachable) else FAILED


def _json(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    context.obj.json = context.obj.json or wanted
