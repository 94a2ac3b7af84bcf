"""What waiting is worth.

`wait(w) = min(1, ln(1 + w) / ln(1 + 26))` for `w` weeks since the last introduction. Concave, as every further week
adds less: the first weeks, in which a paying member notices that nothing came, count most (one week is 0.21, four
are 0.49, twelve 0.78). Capped after half a year, so that λ bounds what waiting can buy: a pair in which both have
waited for ever is preferred to one that nobody waited for if its score is less by no more than 2 λ. Without the cap
those whom hardly anybody suits would outbid everybody else sooner or later. The logarithm is that of proportional
fairness (Kelly, Maulloo and Tan 1998, "Rate control for communication networks"), here of time instead of bandwidth.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

CAP_WEEKS = 26
"""From here on, waiting longer makes no difference."""


def worth_of_waiting(weeks: ArrayLike) -> NDArray[np.float64]:
    """Return the worth of having waited, in [0, 1], for each number of weeks; NaN and less than none are none."""
    capped = np.clip(np.nan_to_num(np.asarray(weeks, dtype=np.float64)), 0, CAP_WEEKS)
    worth: NDArray[np.float64] = np.log1p(capped) / np.log1p(CAP_WEEKS)
    return worth
