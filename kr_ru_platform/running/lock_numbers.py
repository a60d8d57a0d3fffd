"""Numbers of PostgreSQL's advisory locks: here and nowhere else, so that no two purposes share one.

Locks of one number and locks of two (a space, and a place in it) are different locks to PostgreSQL.
"""

MIGRATING = 7_201_900
SENDING_MAIL = 7_201_901
MAKING_A_SPACE = 7_201_001
SWEEPING_TECHNOLOGIES = 7_201_002
COMPARING_TECHNOLOGIES = 7_201_003
BUILDING_VECTOR_INDEXES = 7_201_004
BENCHMARKING = 7_201_010
# The first of as many as there are lanes, up to a hundred.
SCORING_LANES = 7_201_100
SWITCHING_SCORERS = 7_201_200

# Spaces; the second number is an import's, a place's, or made of the question, of a registration number
# or of the words that were sent.
IMPORTS = 7201
SEARCH_QUESTIONS = 7_201_301
SEARCH_LANES = 7_201_302
SEARCH_SEATS = 7_201_303
REGISTRATION_NUMBERS = 7_201_304
SENT_WORDS = 7_201_305
