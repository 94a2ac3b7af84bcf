"""The match engine: pure functions over records and arrays; it knows neither Django nor the database nor HTML.

`solve` proposes a round, `rank_partners` and `why_not` answer for single members, `explain` for a pair.
"""
