"""People at the app and partners in the sheet at once, in every order, on a Google that fails: nothing is lost.

Each interleaving starts from a small workbook. Three people in two processes save, are asked, choose and save again;
they undo and mend; a partner types, sorts, inserts, deletes, moves, renames and pastes, also in the instants between
a commit's readings and writings; requests are refused or cut off. After each step every cell is compared with a model
that knows rows and columns for what they are, not by their numbers.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from pdn.emulator import Emulator, serve
from pdn.schema import mint
from tests.sheets.conftest import Time
from tests.sheets.interleavings.ground import Eye
from tests.sheets.interleavings.line import Line
from tests.sheets.interleavings.partner import Act, Partner, acts
from tests.sheets.interleavings.tables import ROWS, copy_of, make_template, open_through
from tests.sheets.interleavings.world import WEATHER, WISHES, Weather, Wish, World, tabs_of

WHO = st.integers(0, 2)
STEPS = 9
INTERLEAVINGS, OVER_HTTP = 2000, 40


class Interleaving(RuleBasedStateMachine):
    """One interleaving; where it happens is set by the test."""

    template: ClassVar[Emulator]
    line: ClassVar[Line]
    host: ClassVar[str]

    def __init__(self) -> None:
        super().__init__()
        self.emulator = copy_of(self.template)
        self.line.emulator = self.emulator
        clock = Time().clock
        self.world = World.begin(
            self.emulator, self.line, tuple(open_through(self.line, clock, host=self.host) for _ in range(2))
        )

    @rule(who=WHO, again=st.booleans())
    def look(self, who, again):
        self.world.look(who, again=again)

    @rule(act=acts())
    def partner(self, act):
        self.world.act(act)

    @rule(table=st.integers(0, 1), row=st.integers(0, 3))
    def annotate(self, table, row):
        self.world.annotate(table, row)

    @rule(who=WHO, wishes=WISHES, weather=WEATHER)
    def save(self, who, wishes, weather):
        self.world.save(who, wishes, weather)

    @rule(who=WHO, wishes=WISHES, weather=WEATHER)
    def save_again(self, who, wishes, weather):
        self.world.save(who, wishes, weather)

    @rule(who=WHO, choice=st.integers(0, 3), weather=WEATHER)
    def choose_or_retry(self, who, choice, weather):
        self.world.choose(who, choice, weather)
        self.world.retry(who, weather)

    @rule(who=WHO, which=st.integers(0, 7))
    def undo(self, who, which):
        self.world.undo(who, which)

    @rule(who=WHO, pick=st.integers(0, 7))
    def mend(self, who, pick):
        self.world.mend(who, pick)

    @rule(who=WHO, act=acts("type", "clear"))
    def see(self, who, act):
        self.world.see(who, act)

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:  # what failed already says more
                self.world.end()
        finally:
            self.emulator.close()


@pytest.fixture(scope="module")
def template() -> Iterator[Emulator]:
    """The workbook that every interleaving begins with."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pdn.sheets.provisioning.NEW_ROWS", ROWS)
        made = make_template(Time().clock)
    Partner(made, Eye(tabs_of(made))).settle_in()
    yield made
    made.close()


def run(template: Emulator, line: Line, examples: int | None, host: str = "") -> None:
    """Try so many, drawn anew; where that is not said, always the same ones."""

    class Here(Interleaving):
        pass

    Here.template, Here.line, Here.host = template, line, host
    with pytest.MonkeyPatch.context() as patch:
        if examples is None:
            patch.setattr("pdn.sheets.commit.mint", partial(mint, below=Random(0).randrange))  # noqa: S311 - so that ids sort alike
            # Hypothesis draws numbers from all modules that are loaded: other tests would change what is tried here.
            patch.setattr(providers, "_get_local_constants", providers.Constants)
        run_state_machine_as_test(
            Here,
            settings=settings(
                settings(),
                max_examples=examples or (OVER_HTTP if host else INTERLEAVINGS),
                stateful_step_count=STEPS,
                suppress_health_check=list(HealthCheck),
                derandomize=examples is None,
                database=None,
            ),
        )


def test_nothing_is_lost_whatever_happens_in_whatever_order(template: Emulator, pytestconfig: pytest.Config):
    run(template, Line(template, Eye(())), pytestconfig.getoption("interleavings"))


def test_nothing_is_lost_over_http_either(template: Emulator):
    line = Line(template, Eye(()))
    with serve(line) as host:
        run(template, line, None, host)


@dataclass(frozen=True)
class Found:
    """Steps that once lost something: one commit, and what happened in its instants."""

    slips: tuple[tuple[int, Act], ...]
    wishes: tuple[Wish, ...]
    fault: int | None = None


def change(row: int, *fields: int, table: int = 0, how: int = 0) -> Wish:
    return Wish("change", table, row, fields, how)


FOUND = {
    "a header that is put back into another row is put back again, once": Found(
        ((2, Act("insert row", 0, 0, 0, 0, 1)), (6, Act("insert row", 0, 0, 0, 0, 0))), (change(0, 0),)
    ),
    "a row without an id is known by what nobody else has": Found(((2, Act("type", 0, 2, 3, 0, 0)),), (change(2, 0),)),
    "a row added under columns that move twice is emptied whole": Found(
        ((6, Act("insert column", 0, 1, 6, 3, 3)), (2, Act("insert column", 0, 1, 6, 3, 3))),
        (Wish("add", 0, 5, (5,), 2), change(1, 3, table=1, how=2), change(5, 6, 5, how=5)),
    ),
    "a header hit without an answer gets the texts of its own columns": Found(
        ((2, Act("move row", 0, 2, 8, 0, 1)), (2, Act("insert column", 0, 4, 4, 1, 3))),
        (change(3, 2, how=4), Wish("add", 0, 2, (1,), 5), change(0, 3, 1, how=1)),
        fault=1,
    ),
    "a cell put back under a renamed header that moves meanwhile": Found(
        ((2, Act("rename header", 0, 2, 4, 11, 4)), (6, Act("move column", 0, 5, 10, 2, 5))),
        (change(3, 4, 3, 2), change(1, 0, how=1)),
    ),
    "a row inserted where one that was added is being emptied": Found(
        ((6, Act("insert row", 0, 1, 4, 5, 3)), (1, Act("insert column", 0, 3, 8, 8, 3))),
        (change(3, 4), change(1, 0, how=5), Wish("add", 0, 4, (6,), 0)),
    ),
    "a cell emptied in another row, where nothing stood, without an answer": Found(
        ((1, Act("type", 0, 0, 0, 0, 0)), (1, Act("insert row", 0, 0, 0, 0, 0))), (change(3, 2, how=5),), fault=2
    ),
    "a row deleted before its cells were emptied, without an answer": Found(
        ((2, Act("delete row", 0, 3, 0, 0, 0)),), (change(3, 1, 3, how=5),), fault=1
    ),
    "a row added under columns that move is emptied, though somebody types over its id": Found(
        ((1, Act("insert column", 0, 0, 0, 0, 0)), (4, Act("type", 0, 4, 0, 0, 0))), (Wish("add", 0, 0, (0,), 0),)
    ),
    "a header hit without an answer, and moved again, is put right": Found(
        ((1, Act("insert row", 0, 0, 0, 0, 0)), (3, Act("insert row", 0, 0, 0, 0, 0))), (change(0, 0),), fault=1
    ),
    "an id put back into the header is put back again, and the header too": Found(
        ((1, Act("insert column", 1, 0, 0, 0, 0)), (4, Act("insert row", 1, 0, 0, 0, 0))), (change(0, 0, table=1),)
    ),
    "two headers hit under columns that moved get their own texts": Found(
        ((1, Act("insert row", 0, 0, 0, 0, 0)), (1, Act("insert column", 0, 0, 0, 0, 0))), (change(0, 1, 2),)
    ),
    "a word typed in a row that is being emptied stays, and the row is added again": Found(
        ((1, Act("insert row", 0, 0, 0, 0, 0)), (3, Act("type", 0, 4, 1, 0, 0))),
        (change(0, 0), Wish("add", 0, 0, (0,), 0)),
    ),
}


@pytest.mark.parametrize("found", FOUND.values(), ids=FOUND)
def test_what_was_found_once_is_not_lost_again(template: Emulator, found: Found):
    class Here(Interleaving):
        pass

    Here.template, Here.line, Here.host = template, Line(template, Eye(())), ""
    state = Here()
    state.world.save(0, found.wishes, Weather(found.slips, found.fault))
    state.teardown()
