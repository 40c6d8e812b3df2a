"""English words that say how a question is asked, and not what about."""

QUESTION_WORDS = frozenset({"how", "what", "when", "where", "which", "who", "whom", "whose", "why"})

_LINES = (
    "a about above after again all am an and any are as at be because been before being below",
    "between both but by can could did do does doing down during each few for from further had",
    "has have having he her here hers him his i if in into is it its just me more most my no nor",
    "not now of off on once only or other our ours out over own same she should so some such than",
    "that the their theirs them then there these they this those through to too under until up",
    "very was we were while will with would you your yours",
)
STOP_WORDS = QUESTION_WORDS | {word for line in _LINES for word in line.split(" ")}
