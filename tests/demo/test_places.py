from pdn.demo.places import communes
from pdn.schema.kinds import InseeCode, Postcode


def test_communes_are_those_of_gironde():
    assert all(code.startswith("33") and commune.postcode.startswith("33") for code, commune in communes().items())


def test_bordeaux_has_its_official_code_which_is_not_its_postcode():
    bordeaux = communes()["33063"]
    assert (bordeaux.name, bordeaux.postcode, bordeaux.epci) == ("Bordeaux", "33000", "Bordeaux Métropole")


def test_about_sixty_communes_of_at_least_fifteen_epci():
    assert 55 <= len(communes()) <= 70
    assert len({commune.epci for commune in communes().values()}) >= 15


def test_codes_are_read_by_the_kinds_of_the_schema():
    for commune in communes().values():
        assert InseeCode().parse(commune.insee_code) == commune.insee_code
        assert Postcode().parse(commune.postcode) == commune.postcode
