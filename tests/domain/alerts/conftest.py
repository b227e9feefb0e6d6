"""A département on 12 March 2019 in which nothing is to be done; each test breaks one thing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pdn.domain.agreement import Agreement
from pdn.domain.alerts import alerts
from pdn.domain.budget_line import Strand
from pdn.domain.envelope import Envelope
from pdn.domain.phase import DeploymentPhase
from pdn.domain.profile import OnlineProfile
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session, SessionKind
from pdn.domain.settings import Coordinator, Parameter, Settings, read_settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset, Record

TODAY = date(2019, 3, 12)
START = date(2018, 10, 1)


@pytest.fixture
def settings() -> Settings:
    return replace(
        read_settings(Dataset())[0],
        departement_name="Gironde",
        coordination_name="Promeneurs du Net de la Gironde",
        host_name="Association porteuse",
        coordination_starts_on=START,
        training_starts_on=START,
    )


@pytest.fixture
def quiet() -> dict[str, Record]:
    """Records that call for no alert, by id."""
    records = (
        Structure(id="S-1", name="Centre social"),
        Agreement(
            id="C-1", number="2018-01", structure_id="S-1", sent_on=START, caf_signed_on=START,
            structure_signed_on=START, starts_on=START, ends_on=date(2021, 9, 30),
        ),
        DeploymentPhase(id="PH-1", name="Phase 1", starts_on=START, planned_end=date(2019, 12, 31), target=18),
        Promeneur(
            id="P-1", first_name="Inès", last_name="Martin", structure_id="S-1", phase_id="PH-1",
            mandate_on=START, entered_on=START, charter_signed_on=START,
        ),
        OnlineProfile(id="PR-1", promeneur_id="P-1", network="Instagram", handle="ines", checked_on=date(2019, 1, 10)),
        Session(id="SE-1", kind=SessionKind.NETWORK_MEETING, name="Printemps", held_on=date(2019, 5, 14)),
        Session(id="SE-2", kind=SessionKind.NETWORK_MEETING, name="Automne", held_on=date(2019, 11, 14)),
        Envelope(id="E-1", year=2019, strand=Strand.COORDINATION, amount=Decimal(20000)),
        Envelope(id="E-2", year=2019, strand=Strand.TRAINING, amount=Decimal(10000)),
        Coordinator(id="CO-1", first_name="Lou", last_name="Durand", from_on=START),
        Parameter(id="departement_code", name="Code du département", value="33"),
    )  # fmt: skip
    return {record.id: record for record in records}


@pytest.fixture
def told(quiet, settings):
    """What « À faire » says once records were changed: `told({"P-1": {"charter_signed_on": None}}, Milestone(…))`."""

    def tell(changes=None, *added, today=TODAY, **settings_changes):
        records = dict(quiet)
        for record_id, fields in (changes or {}).items():
            if fields is None:
                del records[record_id]
            else:
                records[record_id] = replace(records[record_id], **fields)
        data = Dataset.of(*records.values(), *added)
        return alerts(data, replace(settings, **settings_changes), today)

    return tell
