"""The web address of the product on a laptop: the console's files, and the APIs behind it.

On AWS the REST API serves the same files with the same headers, which `frontend/headers.json` has
for both. Here the gateway is behind the same address, too, so that a page has one origin.
"""
