"""Solves the assignment problem: the best one-to-one pairing of two groups."""

import numpy as np
from numpy.typing import NDArray


def best_pairs(values: NDArray[np.float64]) -> tuple[tuple[int, int], ...]:
    """
    Return the pairs (row, column) with the greatest sum of values, ordered by row; each row and column is in at most
    one pair, and all of the smaller side are in one.

    Method: Kuhn: The Hungarian Method for the Assignment Problem, 1955, with shortest augmenting paths and potentials
    (Jonker, Volgenant, 1987). Time grows with rows * rows * columns. SciPy has the same (`linear_sum_assignment`), but
    nothing else of SciPy is needed here, and it is a large package.

    Args:
        values: Shape (rows, columns), finite.
    """
    if values.shape[0] > values.shape[1]:
        return tuple(sorted((row, column) for column, row in best_pairs(values.T)))
    rows, columns = values.shape
    # Rows and columns count from 1; column 0 stands for "not yet paired", and row 0 for "free".
    costs = np.zeros((rows + 1, columns + 1))
    costs[1:, 1:] = -values
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    owner = np.zeros(columns + 1, np.int64)
    for row in range(1, rows + 1):
        owner[0] = row
        _take_in(costs, owner, row_price, column_price)
    return tuple(sorted((int(owner[column]) - 1, column - 1) for column in range(1, columns + 1) if owner[column]))


def _take_in(
    costs: NDArray[np.float64],
    owner: NDArray[np.int64],
    row_price: NDArray[np.float64],
    column_price: NDArray[np.float64],
) -> None:
    """Assign the row in `owner[0]` to a column at the least cost, moving other rows to other columns if needed."""
    reached = np.zeros(len(owner), np.bool_)
    distance = np.full(len(owner), np.inf)
    before = np.zeros(len(owner), np.int64)
    column = 0
    while owner[column]:
        reached[column] = True
        row = owner[column]
        through = costs[row] - row_price[row] - column_price
        nearer = ~reached & (through < distance)
        distance[nearer], before[nearer] = through[nearer], column
        column = int(np.where(reached, np.inf, distance).argmin())
        step = distance[column]
        row_price[owner[reached]] += step
        column_price[reached] -= step
        distance[~reached] -= step
    while column:
        owner[column] = owner[before[column]]
        column = int(before[column])
