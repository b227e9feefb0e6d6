"""The encoding of a French text is found from what French looks like, in short files too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pdn.imports.encoding import ENCODINGS, decode, guess_encoding

WRITTEN_IN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso8859-15", "mac-roman", "cp850")
TEXTS = (
    "Prénom;Nom;Téléphone;Mail\nHélène;Müller;06 12 34 56 78;helene@example.org\n",
    "Nom;Fonction\nDurand;Éducatrice\n",
    "PRÉNOM;NOM;TÉLÉPHONE\nANDRÉ;LEFÈVRE;0612345678\n",
    "ÉLODIE;CÉLINE;FRANÇOIS;NOËL;ANAÏS\n",
    "Intitulé;Date\nInitiation à Discord;12/03/2019\n",
    "Nom\nRené\n",
    "Libellé;Prévu\nGoûter;12,50 €\nŒuvres;3,00 €\n",
    "Nom;Type\nMaison de l’enfance;Lieu d’accueil et d’écoute\n« La Dune »;Mission locale\n",
    "N°;Où\n1;là\n",
    "Commune;Remarques\nBègles;où ça\nLa Brède;déjà sûr\nAmbès;Fête de l'été\n",
    "Nom\nFête\n",
    "Commune\nCôte d'Argent\nÎle aux Oiseaux\n",
    "Horaires\nmercredi 14 h – 18 h\nécole\n",
    "Prénom\nNoël\nMaëlle\nAnaïs\nLoïc\nGaël\n",
    "Durée;Séance\n2\u00a0h\u00a030;L’été à la plage\n",
)
WORDS = (
    "éducateur", "séance", "là-bas", "où", "ça", "fête", "goûter", "maïs", "Noël", "île", "hôpital", "École", "À faire",
    "Évelyne", "cœur", "reçu", "d’accord", "après-midi", "« presque »", "Bègles", "naïf", "aiguë", "jeunes", "Durand",
)  # fmt: skip


@pytest.mark.parametrize("encoding", WRITTEN_IN)
@pytest.mark.parametrize("text", TEXTS)
def test_a_short_french_file_reads_as_it_was_written(text, encoding):
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        return  # DOS has no typographic apostrophe: no such file can be
    assert decode(data, guess_encoding(data)) == text


@given(st.lists(st.sampled_from(WORDS), min_size=12), st.sampled_from(("utf-8", "utf-16", "cp1252", "mac-roman")))
def test_a_list_of_french_words_reads_as_it_was_written(words, encoding):
    text = ";".join(words)
    data = text.encode(encoding)
    assert decode(data, guess_encoding(data)) == text


def test_plain_ascii_needs_no_guess():
    assert guess_encoding(b"Nom;Commune\nDurand;Bordeaux\n") == "utf-8"


@given(st.binary())
def test_whatever_the_bytes_an_encoding_is_named_and_nothing_raises(data):
    found = guess_encoding(data)
    assert found in ENCODINGS
    decode(data, found)
