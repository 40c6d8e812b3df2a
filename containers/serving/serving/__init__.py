"""What every inference container starts with: its settings, its weights, and its server.

Runs inside other people's images, so it keeps to what Python 3.10 knows.
"""
