"""The match engine: pure functions over records and arrays; it knows neither Django nor the database nor HTML.

`solve` proposes a round, `rank_partners` and `why_not` answer for single members, `explain` for a pair.
"""

import os

# The engine scores blocks in threads of its own. OpenBLAS' threads beside them would spin for each other: on two busy
# cores that took four times as long. It reads this when NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
