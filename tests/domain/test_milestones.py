"""The calendar says what is done, late or coming (R40)."""

from datetime import date

import pytest

from pdn.domain.milestones import MilestoneState, milestone_state, milestones
from pdn.domain.phase import DeploymentPhase, Milestone
from pdn.schema import Dataset

TODAY = date(2019, 3, 12)


@pytest.mark.parametrize(
    ("planned", "reached", "state"),
    [
        (date(2019, 3, 11), None, MilestoneState.LATE),
        (TODAY, None, MilestoneState.COMING),
        (date(2019, 4, 1), None, MilestoneState.COMING),
        (date(2019, 3, 1), date(2019, 3, 5), MilestoneState.REACHED),
        (date(2019, 3, 1), TODAY, MilestoneState.REACHED),
        (date(2019, 3, 1), date(2019, 3, 13), MilestoneState.LATE),
        (None, None, MilestoneState.COMING),
        (None, TODAY, MilestoneState.REACHED),
    ],
)
def test_a_milestone_is_late_the_day_after_it_was_planned_and_reached_from_the_day_it_was(planned, reached, state):
    assert milestone_state(Milestone(planned_on=planned, reached_on=reached), TODAY) is state


def test_milestones_come_in_the_order_of_the_calendar_with_their_days():
    data = Dataset.of(
        Milestone(id="J-4", name="Bilan"),
        Milestone(id="J-3", name="Recrutement", planned_on=date(2019, 3, 22)),
        Milestone(id="J-2", name="Formation", planned_on=date(2019, 3, 2)),
        Milestone(id="J-1", name="Charte", planned_on=date(2018, 12, 31), reached_on=date(2018, 12, 21)),
        Milestone(id="J-0", name="Abandonné", planned_on=date(2018, 11, 1), archived_on=date(2018, 12, 1)),
    )
    standings = milestones(data, TODAY)
    assert [(standing.milestone.id, standing.state.value, standing.days) for standing in standings] == [
        ("J-1", "atteint", -10),
        ("J-2", "en retard", 10),
        ("J-3", "à venir", 10),
        ("J-4", "à venir", None),
    ]


def test_the_milestones_of_one_phase_can_be_asked_for():
    data = Dataset.of(DeploymentPhase(id="PH-1"), Milestone(id="J-1", phase_id="PH-1"), Milestone(id="J-2"))
    assert [standing.milestone.id for standing in milestones(data, TODAY, "PH-1")] == ["J-1"]
