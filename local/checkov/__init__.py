"""Checkov on our templates, with what we do otherwise and why: `python -m local.checkov`.

It needs no network. `exceptions.yaml` names every exception; one that nothing needs is a mistake.
"""
