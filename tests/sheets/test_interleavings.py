"""People at the app and partners in the sheet at once, in every order, on a Google that fails: nothing is lost.

Each interleaving starts from a small workbook. Three people in two processes save, are asked, choose and save again;
a partner types, sorts, inserts, deletes, moves, renames and pastes, also in the very instant between a commit's reading
and its writing; requests are refused or cut off. After each step every cell is compared with a model that knows rows and
columns for what they are, not by their numbers.
"""

import sys
from collections.abc import Iterator
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from pdn.emulator import Emulator, serve
from tests.sheets.conftest import Time
from tests.sheets.interleavings.line import Line
from tests.sheets.interleavings.partner import Partner, acts
from tests.sheets.interleavings.tables import ROWS, copy_of, make_template, open_through
from tests.sheets.interleavings.world import WEATHER, WISHES, World, tabs_of

WHO = st.integers(0, 2)
STEPS = 10
OVER_HTTP = 40


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
    Partner(made, tabs_of(made)).settle_in()
    yield made
    made.close()


def run(template: Emulator, line: Line, examples: int, host: str = "") -> None:
    class Here(Interleaving):
        pass

    Here.template, Here.line, Here.host = template, line, host
    run_state_machine_as_test(
        Here,
        settings=settings(
            settings(), max_examples=examples, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck)
        ),
    )


def test_nothing_is_lost_whatever_happens_in_whatever_order(template: Emulator, pytestconfig: pytest.Config):
    run(template, Line(template), pytestconfig.getoption("interleavings"))


def test_nothing_is_lost_over_http_either(template: Emulator):
    line = Line(template)
    with serve(line) as host:
        run(template, line, OVER_HTTP, host)
