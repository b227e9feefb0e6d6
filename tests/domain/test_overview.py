"""The dashboard's figures on a day, past or present."""

from datetime import date
from decimal import Decimal

from pdn.domain.agreement import Agreement
from pdn.domain.attendance import Attendance, AttendanceState
from pdn.domain.budget_line import Strand
from pdn.domain.deployment import Objective
from pdn.domain.envelope import Envelope
from pdn.domain.overview import overview
from pdn.domain.phase import DeploymentPhase
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind
from pdn.domain.settings import Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset

START = date(2018, 10, 1)
TODAY = date(2019, 3, 12)
SETTINGS = Settings(coordination_starts_on=START, training_starts_on=START, notice_days=90, network_meetings_per_year=2)
SIGNED = {"caf_signed_on": START, "structure_signed_on": START, "starts_on": START}
COMPLETE = {"mandate_on": START, "entered_on": START, "charter_signed_on": START}
DATA = Dataset.of(
    Structure(id="S-1", name="A"),
    Structure(id="S-2", name="B", spotted_on=date(2019, 1, 1)),
    Structure(id="S-3", name="C", left_on=date(2019, 2, 1)),
    Agreement(id="C-1", number="1", structure_id="S-1", ends_on=date(2019, 5, 31), **SIGNED),
    DeploymentPhase(id="PH-1", name="Phase 1", starts_on=START, planned_end=date(2018, 12, 31), target=18),
    Promeneur(id="P-1", structure_id="S-1", **COMPLETE),
    Promeneur(id="P-2", structure_id="S-2", **COMPLETE),
    Promeneur(id="P-3", structure_id="S-1", left_on=date(2019, 1, 1), **COMPLETE),
    Session(id="SE-0", kind=SessionKind.TRAINING, name="2018", held_on=date(2018, 12, 1)),
    Session(id="SE-1", kind=SessionKind.NETWORK_MEETING, name="Passée", held_on=date(2019, 2, 1)),
    Session(id="SE-2", kind=SessionKind.TRAINING, name="Prévue", held_on=date(2019, 6, 1)),
    Session(id="SE-3", kind=SessionKind.TRAINING, name="L’an prochain", held_on=date(2020, 1, 10)),
    Attendance(id="A-1", session_id="SE-1", promeneur_id="P-1", state=AttendanceState.PRESENT),
    Attendance(id="A-2", session_id="SE-1", promeneur_id="P-2", state=AttendanceState.ABSENT),
    Envelope(id="E-1", year=2018, strand=Strand.COORDINATION, amount=Decimal(20000)),
)


def test_the_figures_of_a_day():
    state = overview(DATA, SETTINGS, TODAY)
    assert (state.active, state.incomplete, state.objective) == (1, 1, Objective(18, 18))
    assert (state.agreed, state.known) == (1, 2)
    assert (state.to_renew, state.next_end) == (1, date(2019, 5, 31))
    assert (state.sessions_held, state.sessions_planned) == (1, 1)
    assert (state.attendance.present, state.attendance.expected) == (1, 2)
    assert len(state.meetings.held) == 1
    assert [found.consumption.strand for found in state.budgets] == list(Strand)


def test_a_past_day_shows_what_was_true_then():
    state = overview(DATA, SETTINGS, date(2018, 12, 31))
    assert (state.active, state.incomplete) == (2, 1)
    assert state.to_renew == 0
    assert state.next_end is None
    assert state.sessions_held == 1
    assert state.budgets[0].consumption.envelope == Decimal(5000)


def test_an_empty_workbook_has_a_state():
    state = overview(Dataset(), Settings(), TODAY)
    assert (state.active, state.objective, state.known, state.next_end) == (0, Objective(0, 0), 0, None)
