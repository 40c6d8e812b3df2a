"""The program: what all commands share, and the commands."""

from __future__ import annotations

import click

from lisapy import __version__
from lisapy.cli.chat import add_chat
from lisapy.cli.models import models
from lisapy.cli.rag import rag
from lisapy.cli.session import Session
from lisapy.cli.signing import add_signing
from lisapy.cli.tokens import tokens
from lisapy.cli.usage import add_usage


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--profile", envvar="LISA_PROFILE", default="default", help="Who, and where.")
@click.option("--url", envvar="LISA_URL", default="", help="The console, or the gateway.")
@click.option("--verify", envvar="LISA_VERIFY", default="", help="A certificate to trust.")
@click.version_option(__version__)
@click.pass_context
def lisa(context: click.Context, profile: str, url: str, verify: str) -> None:
    """Models, chat, documents and tokens of a LISA installation.

    Sign in with `lisa login URL`; or name the caller in LISA_TOKEN and the place by --url.
    Exit codes: 1 refused or failed, 2 usage, 3 not signed in, 4 no answer, 130 stopped.
    """
    context.obj = Session(profile, url, verify)


add_signing(lisa)
add_chat(lisa)
add_usage(lisa)
for group in (models, rag, tokens):
    lisa.add_command(group)
