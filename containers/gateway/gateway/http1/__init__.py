"""HTTP/1.1 on both sides of the edge: what clients say, and what upstreams answer.

The parsing is llhttp's (by httptools), the loop is uvloop's; here is what lies between. It exists
because a general server and a general client cost more than all that the edge does with a request.
"""
