"""`lisa login` and `lisa logout`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from lisapy import DeviceCode, Lisa, NotConfigured, Token
from lisapy.cli.output import as_json, facts
from lisapy.cli.profiles import Profile
from lisapy.cli.session import Session, command


def add_signing(lisa: click.Group) -> None:
    """Add the commands."""

    @command(lisa, "login")
    @click.argument("url")
    @click.option("--username", default="", help="Sign in with a password (Cognito).")
    @click.option("--device", is_flag=True, help="Sign in with a code, on any device.")
    @click.option("--token", is_flag=True, help="Use an API token, which is asked for.")
    def login(session: Session, url: str, username: str, device: bool, token: bool) -> None:
        """Sign in at URL, the console's address or the gateway's, and remember it.

        The password or the token is asked for, or taken from LISA_PASSWORD or LISA_TOKEN.
        """
        verify = str(Path(session.verify).resolve()) if session.verify else ""
        with Lisa.connect(url, verify=verify or True) as client:
            _sign_in(client, username, device, token)
            profile = Profile(client.exchange.places, verify)
            profile.keep(client.exchange.credential)
        session.profiles.put(session.profile, profile)
        click.echo(f"Signed in. {session.profiles.path} remembers it.", err=True)

    @command(lisa, "logout")
    def logout(session: Session) -> None:
        """Forget who you are. A token stays valid: `lisa tokens delete` ends it."""
        there = session.profiles.remove(session.profile)
        click.echo("Forgotten." if there else "Nobody was signed in.", err=True)

    @command(lisa, "whereami")
    def whereami(session: Session) -> None:
        """Show the addresses that commands go to."""
        places = vars(session.lisa().exchange.places)
        as_json(places) if session.json else facts(places)


def _sign_in(client: Lisa, username: str, device: bool, token: bool) -> None:
    places = client.exchange.places
    if token or not places.client_id:
        text = os.environ.get("LISA_TOKEN") or click.prompt("API token", hide_input=True, err=True)
        client.exchange.credential = Token(text)
        client.gateway.models()
    elif username:
        password = os.environ.get("LISA_PASSWORD")
        text = password or click.prompt("Password", hide_input=True, err=True)
        client.auth.password(username, text)
    elif device or "cognito-idp" not in places.issuer:
        client.auth.device(_show)
    else:
        raise NotConfigured("Say how: --username NAME, --token, or --device where codes are known.")


def _show(code: DeviceCode) -> None:
    click.echo(f"Open {code.direct_url}\nand enter the code {code.code}", err=True)
