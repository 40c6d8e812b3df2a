"""The inference container `instructor`: embedding models that are told what the text is for.

Also the example of a container of one's own: a start script, an encoder and OpenAI's protocol.
"""
