"""Two rows for one thing: another record that has the same value."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from pdn.schema import Dataset, Record

R = TypeVar("R", bound=Record)


def twin_of(record: R, data: Dataset, key: Callable[[R], Hashable]) -> R | None:
    """Another record, not archived, of which a function gives the same value; None where there is none.

    The first one is enough: naming all of them would cost a hundred million comparisons where a value was pasted on
    ten thousand rows.

    Args:
        record: The one that is looked at, in the data or not yet.
        data: Where to look.
        key: A function of a module (see `Dataset.alike`).
    """
    return next((other for other in data.alike(type(record), key, key(record)) if other.id != record.id), None)
