"""Brings the tools of this repository onto a machine that has only `python3` and `node`.

Runs on the standard library of Python 3.9 and newer; what it installs is locked with hashes.
"""
