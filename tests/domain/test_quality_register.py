"""The list of what is to mend, narrowed, counted, and each point with a code that lasts."""

from dataclasses import replace

from pdn.domain.promeneur import Promeneur
from pdn.domain.quality_register import QualityFilters, advice, code_of, coded, matching, tally, title_of
from pdn.domain.structure import Structure
from pdn.schema import Dataset, Problem, ProblemKind

DATA = Dataset.of(
    Structure(id="S-1", name="Centre"), Promeneur(id="P-1", first_name="Léa", last_name="Petit", structure_id="S-1")
)
PHONE = Problem(
    kind=ProblemKind.UNREADABLE, tab="Promeneurs", table="promeneur", record_id="P-1", field="phone", row=13, column=4,
    found="demander à Léa", message="On attendait un numéro de téléphone.", mend="Écrivez-le.",
)  # fmt: skip
TAB = Problem(kind=ProblemKind.TAB_MISSING, tab="Jalons", table="milestone", message="L’onglet manque.")
BOTH = (PHONE, TAB)


def kept(**filters):
    return matching(BOTH, QualityFilters(**filters), DATA)


def test_without_a_filter_all_is_kept_in_its_order():
    assert kept() == BOTH


def test_each_filter_narrows():
    assert kept(tab="Promeneurs") == (PHONE,)
    assert kept(kind="Onglet manquant") == (TAB,)
    assert kept(structure_id="S-1") == (PHONE,)
    assert kept(structure_id="S-1", kind="Onglet manquant") == ()


def test_a_search_looks_in_the_address_the_cell_and_the_problem_whatever_the_accents():
    for words in ("promeneurs!e14", "LEA demander", "telephone", "ecrivez", "p-1", "petit"):
        assert kept(text=words) == (PHONE,)
    assert kept(text="telephone jalons") == ()


def test_each_point_says_what_to_do_and_of_whom_it_is():
    assert advice(PHONE) == "Écrivez-le."
    assert "comme attendu" in advice(replace(PHONE, mend=""))
    assert advice(replace(TAB, mend="")) == ""
    assert (title_of(PHONE, DATA), title_of(TAB, DATA)) == ("Léa Petit", "")


def test_points_are_counted_by_name_the_most_frequent_first():
    assert tally((TAB, PHONE, PHONE), lambda one: one.tab) == (("Promeneurs", 2), ("Jalons", 1))


def test_a_point_keeps_its_code_where_its_row_is_sorted_to_another_place():
    assert code_of(replace(PHONE, row=2, column=9)) == code_of(PHONE)
    assert coded(BOTH, code_of(PHONE)) is PHONE


def test_two_points_have_two_codes():
    others = [replace(PHONE, field="email"), replace(PHONE, found="autre"), replace(PHONE, record_id="P-2"), TAB]
    assert len({code_of(problem) for problem in (PHONE, *others)}) == 5
    header = replace(TAB, kind=ProblemKind.COLUMN_TWICE, row=0, column=3)
    assert code_of(header) != code_of(replace(header, column=4))


def test_a_code_of_nothing_gives_nothing():
    assert coded(BOTH, "0") is None
