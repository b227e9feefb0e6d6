"""What is understood and would be better written otherwise is told; what is well is left in peace."""

import pytest

from pdn.domain.attendance import AttendanceState
from pdn.domain.session import HalfDay
from pdn.schema import Dataset, ProblemKind, kinds, read_tab

SIRET = "73282932000074"

TIDY = [
    (kinds.Text(), ["Diaz", "Le 14\u00a0h", 12, 12.5, True, "👩‍💻"]),
    (kinds.LongText(), ["Une ligne\nUne autre", "Ceci\u00a0: cela"]),
    (kinds.Date(), [43536, 43536.75]),
    (kinds.Consent(), [43536, "non", "Non", False]),
    (kinds.Money(), [12, 12.5, 0]),
    (kinds.Hours(), [2.5, 0, "5 min"]),
    (kinds.WholeNumber(), [12, 12.0]),
    (kinds.Phone(), ["06 12 34 56 78", "+32 470 12 34 56", "0 800 23 52 36"]),
    (kinds.Siret(), [SIRET, "732 829 320 00074", 73282932000074]),
    (kinds.Postcode(), ["33000", "01000", 33000]),
    (kinds.InseeCode(), ["33063", "2A004", 33063]),
    (kinds.Email(), ["ana.diaz@example.org"]),
    (kinds.Url(), ["https://example.org/A", "www.example.org"]),
    (kinds.YesNo(), ["oui", "non", True, False]),
    (kinds.Choice(AttendanceState), ["présent"]),
    (kinds.Choices(HalfDay), ["matin", "matin, soirée", "soirée, matin"]),
    (kinds.OpenChoice("Éducatrice"), ["Éducatrice", "Promeneuse"]),
    (kinds.Reference("structure"), ["Centre social · S-4T7K29QX", "centre social", " S-4T7K29QX "]),
    (kinds.Identifier(), [" P-00000001 "]),
    (kinds.Raw(), ["12/03/2019", " x "]),
]
UNTIDY = [
    (kinds.Text(), [" Diaz", "Diaz\u00a0", "Centre  social", "Centre\u00a0social", "Diaz\u200b"]),
    (kinds.LongText(), ["Une ligne\n"]),
    (kinds.Date(), ["12/03/2019", "12 mars 2019", "2019-03-12"]),
    (kinds.Consent(), ["12/03/2019"]),
    (kinds.Money(), ["12,50", "12", "12 €"]),
    (kinds.Hours(), ["2 h 30", "2,5", "0"]),
    (kinds.WholeNumber(), ["12"]),
    (kinds.Phone(), ["0612345678", "06.12.34.56.78", 612345678, "06\u00a012 34 56 78", "06 12 34 56 78 "]),
    (kinds.Siret(), [79191300015, f" {SIRET}"]),
    (kinds.Postcode(), [1000, "33 000", "33000 "]),
    (kinds.InseeCode(), [1053, "2a004"]),
    (kinds.Email(), ["Ana.Diaz@example.org", "mailto:ana@example.org", "ana@example.org "]),
    (kinds.Url(), ["https://example.org ", "\ufeffwww.example.org"]),
    (kinds.YesNo(), ["Oui", "x", "VRAI", 1, 0, "✔️"]),
    (kinds.Choice(AttendanceState), ["Présent", "présente", "présent "]),
    (kinds.Choices(HalfDay), ["Matin", "matin;soirée", "matin,soirée", "matin, matin"]),
    (kinds.OpenChoice("Éducatrice"), ["educatrice", "Promeneuse "]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "cell"), [(kind, cell) for kind, cells in TIDY for cell in cells])
def test_nothing_is_said_of_a_cell_that_is_well(kind, cell):
    value = kind.parse(cell)
    assert not isinstance(value, kinds.Misread)
    assert value == kind.blank or not kind.untidy(cell, value)


@pytest.mark.parametrize(("kind", "cell"), [(kind, cell) for kind, cells in UNTIDY for cell in cells])
def test_what_costs_the_partner_something_is_told(kind, cell):
    value = kind.parse(cell)
    assert not isinstance(value, kinds.Misread)
    assert kind.untidy(cell, value)
    assert not kind.untidy(kind.encode(value), value)
    assert kind.parse(kind.encode(value)) == value


DATE_AS_TEXT = (
    "Entrée le : « 12 mars 2019 » est compris, mais ce texte ne se trie pas ; "
    "l’application en fait la date « 12/03/2019 »."
)
AMOUNT_AS_TEXT = (
    "Cotisation : « 12,50 € » est compris, mais ce texte ne s’additionne pas ; "
    "l’application en fait le nombre « 12,5 »."
)


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        (2, "06.12.34.56.78", "Téléphone : « 06.12.34.56.78 » est compris ; l’application l’écrit « 06 12 34 56 78 »."),
        (2, 612345678, "Téléphone : « 612345678 » est compris ; l’application l’écrit « 06 12 34 56 78 »."),
        (3, "12 mars 2019", DATE_AS_TEXT),
        (4, "12,50 €", AMOUNT_AS_TEXT),
        (
            1,
            "Diaz\u200b ",
            "Nom : « Diaz » est compris ; l’application l’écrit sans les espaces et les caractères invisibles en trop.",
        ),
        (5, "x", "Jeune : « x » est compris ; l’application l’écrit « oui »."),
    ],
)
def test_a_notice_says_what_stands_there_and_what_the_app_would_write(member, header, row, column, cell, message):
    row[column] = cell
    reading = read_tab(member, "Membres", [header, row])
    assert reading.problems == ()
    (notice,) = reading.notices
    assert notice.kind is ProblemKind.UNTIDY
    assert notice.message.replace("\u00a0", " ") == message
    assert (notice.record_id, notice.row, notice.column) == ("ME-00000001", 1, column)


def test_a_header_understood_under_another_of_its_names_is_told_and_another_case_is_not(member, header, row):
    header[1], header[2], header[3] = " NOM ", "Tél.", "ENTREE LE"
    reading = read_tab(member, "Membres", [header, row])
    assert reading.problems == ()
    (notice,) = reading.notices
    assert (notice.kind, notice.address, notice.field, notice.found) == (
        ProblemKind.ALIAS, "Membres!C1", "phone", "Tél.",
    )  # fmt: skip
    assert (
        notice.message.replace("\u00a0", " ") == "L’en-tête « Tél. » est compris ; l’application l’écrit « Téléphone »."
    )


def test_a_cell_that_is_not_understood_has_its_problem_and_no_notice(member, header, row):
    row[2] = " demander "
    reading = read_tab(member, "Membres", [header, row])
    assert (len(reading.problems), reading.notices) == (1, ())


def test_a_true_that_follows_a_one_is_read_for_what_it_is(member, header, row):
    other, third = ["ME-00000002", *row[1:]], ["ME-00000003", *row[1:]]
    row[1], other[1], third[1] = 1, True, 1.0
    assert [record.name for record in read_tab(member, "Membres", [header, row, other, third]).records] == [
        "1", "VRAI", "1",
    ]  # fmt: skip


def test_the_notices_of_a_record_go_when_it_is_written_and_those_of_others_stay(member, header, row):
    other = ["ME-00000002", "Petit", "0600000000", "2019-03-12"]
    row[2] = "06.12.34.56.78"
    before = Dataset([read_tab(member, "Membres", [header, row, other])])
    assert [notice.address for notice in before.notices] == ["Membres!C2", "Membres!C3", "Membres!D3"]
    after = before.with_records([before.get(member, "ME-00000001")])
    assert [notice.address for notice in after.notices] == ["Membres!C3", "Membres!D3"]
    assert len(before.notices) == 3


def test_the_notices_of_a_row_go_when_it_is_given_an_id(member, header, row):
    row[0], row[2] = "", "06.12.34.56.78"
    before = Dataset([read_tab(member, "Membres", [header, row])])
    record = before.all(member)[0]
    minted = member(id="ME-00000009", name=record.name, phone=record.phone)
    after = before.with_records([minted], {(member, record.id)})
    assert (len(before.notices), after.notices) == (1, ())
