"""Settings that are missing and cells that could not be read are told, the cells in one alert."""

from datetime import date

from pdn.domain.alerts import alerts
from pdn.domain.settings import Parameter, Settings
from pdn.domain.structure import Structure
from pdn.schema import Dataset, read_tab


def test_a_coordination_without_a_name_is_asked_for_it(told):
    (alert,) = told(coordination_name="", departement_name="")
    assert alert.detail == (
        "Il manque le département et le nom de la coordination, qui figurent sur les pages et les documents."
    )
    assert alert.page == "parametres"


def test_somebody_coordinates_until_the_last_day(told):
    assert told({"CO-1": {"until_on": date(2019, 3, 12)}}) == ()
    (alert,) = told({"CO-1": {"until_on": date(2019, 3, 11)}})
    assert alert.title == "Aucun coordinateur en poste"


def test_a_strand_without_a_start_can_not_be_prorated(told):
    (alert,) = told(training_starts_on=None)
    assert (alert.rule, alert.title) == ("R45", "Date de début à renseigner\u00a0: volet formation et supervision")


def test_cells_that_could_not_be_read_are_one_alert_that_counts_the_rows_without_id():
    grid = [["Identifiant", "Nom", "SIRET"], ["S-1", "A", "12"], ["", "B", ""], ["", "C", ""]]
    data = Dataset([read_tab(Structure, "Structures", grid)])
    (alert,) = [alert for alert in alerts(data, Settings(), date(2019, 3, 12)) if alert.rule == "R25"]
    assert alert.title == f"{len(data.problems)}\u00a0points à corriger dans les feuilles"
    assert alert.detail.endswith("Dont 2\u00a0lignes sans identifiant.")
    assert alert.page == "qualite"


def test_a_setting_that_could_not_be_read_counts(told):
    (alert,) = told({"departement_code": None}, Parameter(id="notice_days", name="Préavis", value="beaucoup"))
    assert alert.title == "1\u00a0point à corriger dans les feuilles"
    assert "Paramètres" in alert.detail


def test_what_a_rule_refuses_counts_and_what_it_only_warns_of_does_not(told):
    (alert,) = told({"P-1": {"left_on": date(2018, 9, 1), "mandate_on": None, "charter_signed_on": None}, "PR-1": None})
    assert alert.title == "1\u00a0point à corriger dans les feuilles"
    assert "précède l’entrée" in alert.detail
    assert told({"S-1": {"spotted_on": date(2019, 1, 2), "contacted_on": date(2019, 1, 1)}}) == ()
