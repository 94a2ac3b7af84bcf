"""The match engine: pure functions over records and arrays; it knows neither Django nor the database nor HTML.

`solving.solve` proposes a round. `ranking.rank_partners`, `obstacles.why_not` and `explaining.explain` answer for
single members and pairs. What they take and give is in `members`, `settings` and `results`.

A round goes through these modules in turn: `encoding` and `groups` turn members into a `market` of two sides and tables
of fits; `sweeping` goes over all pairs in `blocks`; of these, those `competing` are the best `candidates` by score, or
by `pricing` at what a sample says; `assignment` decides the `contest` among them; `improving` adds what was missed and
proves how near the best it is; `explaining` and `leaving_out` say why, and `summary` what it came to.
"""

import os

# The engine scores blocks in threads of its own. OpenBLAS' threads beside them would spin for each other: on two busy
# cores that took four times as long. It reads this when NumPy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
