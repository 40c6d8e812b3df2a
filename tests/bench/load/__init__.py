"""A bounded load on the whole product: `python -m tests.bench.load`, while it runs here.

People chat (each turn is stored, streamed and stored again), ask documents, upload files and look
after things, all at once. Their number doubles from level to level until one kind of call is slower
than people wait, or fails. Then what was promised is looked for: messages, documents, usage.
"""
