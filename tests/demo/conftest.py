from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

from pdn.demo import build
from pdn.schema import Dataset

TODAY = date(2026, 11, 23)
DAYS = [TODAY, date(2027, 1, 2), date(2026, 7, 14), date(2028, 2, 29)]


@cache
def _demo(today: date) -> Dataset:
    return Dataset.of(*build(today))


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    """Each of several days: something has to be due on all of them."""
    return request.param


@pytest.fixture
def demo() -> Callable[[date], Dataset]:
    """The demonstration as it is on a day, made once."""
    return _demo
