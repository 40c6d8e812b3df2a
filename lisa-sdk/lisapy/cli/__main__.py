"""`python -m lisapy.cli`."""

from lisapy.cli import main

main()
