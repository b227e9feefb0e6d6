"""What the coordination was set up with: settings, institutions, coordinators, envelopes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from pdn.demo.chance import Ids
from pdn.demo.people import STAFF, Person, phone
from pdn.domain.budget_line import Strand
from pdn.domain.envelope import Envelope
from pdn.domain.settings import Coordinator, Institution, Parameter, default_parameters, setting_columns
from pdn.french import short_day
from pdn.schema import Cell
from pdn.schema.kinds import Siret

COORDINATION_STARTS, TRAINING_STARTS = date(2018, 10, 1), date(2019, 3, 1)
"""Strand 2 begins later than strand 1, « dans un second temps »."""

HANDOVER, FIRST_COORDINATOR_LEAVES = date(2022, 9, 1), date(2022, 9, 30)
CEILINGS = {Strand.COORDINATION: Decimal(20_000), Strand.TRAINING: Decimal(10_000)}
HOST = "Association Passerelles numériques jeunesse"
CONTACT = "coordination@example.org"
NEXT_BUDGET_MONTH = 10
"""The next year's budget is prepared from October on."""

STATE_UNTIL, STATE_FROM = date(2020, 12, 31), date(2021, 1, 1)
INSTITUTIONS = (
    ("Caisse d’allocations familiales de la Gironde", "Caf", "Signataire, financeur, pilote", None, None),
    (
        "Direction départementale de la cohésion sociale de la Gironde", "DDCS", "Signataire, financeur",
        None, STATE_UNTIL,
    ),
    (
        "Service départemental à la jeunesse, à l’engagement et aux sports de la Gironde", "SDJES",
        "Signataire, financeur", STATE_FROM, None,
    ),
    ("Département de la Gironde", "Département", "Signataire, financeur", None, None),
    ("Éducation nationale – DSDEN de la Gironde", "DSDEN", "Signataire", None, None),
    ("Mutualité sociale agricole de la Gironde", "MSA", "Signataire, financeur", None, None),
)  # fmt: skip
"""Name, short name, role, first and last day: DDCS's youth work moved to SDJES on 1 January 2021."""


def parameters() -> tuple[Parameter, ...]:
    """The settings of the fictitious Gironde: the defaults, and what a coordination has to fill in."""
    values: dict[str, Cell] = {
        "departement_code": "33",
        "departement_name": "Gironde",
        "coordination_name": "Promeneurs du Net de la Gironde",
        "host_name": HOST,
        "host_siret": siret(1),
        "host_email": CONTACT,
        "host_phone": "05 36 49 00 33",
        "host_website": "https://www.example.org/promeneurs-du-net-gironde",
        "reference_text": "Schéma départemental jeunesse 2016-2021 de la Gironde, mesure 4 (Développement de "
        "l’autonomie des jeunes), action 12 (Soutenir et développer des actions liées à la culture numérique).",
        # As people write dates: a serial number would not look like one in a column of mixed values.
        "coordination_starts_on": short_day(COORDINATION_STARTS),
        "training_starts_on": short_day(TRAINING_STARTS),
    }
    unknown = values.keys() - {declared.field for declared in setting_columns()}
    if unknown:
        raise KeyError(*unknown)
    return tuple(replace(row, value=values.get(row.id, row.value)) for row in default_parameters())


def institutions(ids: Ids) -> tuple[Institution, ...]:
    """The five signatories, of which one changed its name."""
    return tuple(
        Institution(
            id=ids.new(Institution, from_on or COORDINATION_STARTS, short_name),
            name=name,
            short_name=short_name,
            role=role,
            from_on=from_on or COORDINATION_STARTS,
            until_on=until_on,
        )
        for name, short_name, role, from_on, until_on in INSTITUTIONS
    )


def coordinators(people: tuple[Person, ...], ids: Ids, today: date) -> tuple[Coordinator, ...]:
    """The two who held the half-time post, with a month together."""
    posts = ((COORDINATION_STARTS, FIRST_COORDINATOR_LEAVES), (HANDOVER, None))
    return tuple(
        Coordinator(
            id=ids.new(Coordinator, from_on, index),
            first_name=people[STAFF + index].first_name,
            last_name=people[STAFF + index].last_name,
            email=people[STAFF + index].email,
            phone=phone(STAFF + index),
            fte_percent=50,
            from_on=from_on,
            until_on=until_on if until_on and until_on <= today else None,
        )
        for index, (from_on, until_on) in enumerate(posts)
        if from_on <= today
    )


def coordinator_on(day: date, people: tuple[Person, ...]) -> Person:
    """Who is in post that day."""
    return people[STAFF if day < HANDOVER else STAFF + 1]


def last_budget_year(today: date) -> int:
    """The last year that has a budget."""
    return today.year + (today.month >= NEXT_BUDGET_MONTH)


def envelopes(ids: Ids, today: date) -> tuple[Envelope, ...]:
    """The ceilings of each year since 2018: 20 000 € and 10 000 € (R43, R44)."""
    return tuple(
        Envelope(
            id=ids.new(Envelope, date(year - (year > COORDINATION_STARTS.year), 10, 2), year, strand.value),
            year=year,
            strand=strand,
            amount=amount,
            notes="Prorata selon la durée de la mission" if year == COORDINATION_STARTS.year else "",
        )
        for year in range(COORDINATION_STARTS.year, last_budget_year(today) + 1)
        for strand, amount in CEILINGS.items()
    )


def siret(index: int) -> str:
    """A valid SIRET whose SIREN begins with 000, which is given to nobody; one for each index below 10 000."""
    siren = Siret.with_check_digit(f"000{index * 7919 % 10_000:04}{index % 10}")
    return Siret.with_check_digit(f"{siren}0001")
