"""The communes of the demonstration: real ones, from the official code (see README.md beside it)."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Commune(NamedTuple):
    """A commune and where it belongs."""

    name: str
    insee_code: str
    postcode: str
    epci: str
    population: int


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the data files beside this module."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@cache
def communes() -> dict[str, Commune]:
    """The communes by their INSEE code."""
    return {
        row["insee_code"]: Commune(row["name"], row["insee_code"], row["postcode"], row["epci"], int(row["population"]))
        for row in rows("communes.csv")
    }
