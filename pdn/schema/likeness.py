"""Which unknown header is probably a missing column's: abbreviated, misspelled, or with words that change nothing."""

import re
from collections.abc import Container, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from pdn.french import fold
from pdn.schema.kinds import Email, InseeCode, Kind, Phone, Postcode, Siret, Url
from pdn.schema.table import Column, Table

LITTLE_WORDS = frozenset(
    {"au", "aux", "de", "des", "du", "en", "et", "la", "le", "les", "ou", "par", "pour", "sa", "son", "un", "une"}
)
VAGUE_WORDS = frozenset(
    {
        "aaaa", "exact", "exacte", "facultatif", "famille", "jj", "mm", "obligatoire", "principal", "principale", "pro",
        "professionnel", "professionnelle", "usage",
    }
)  # fmt: skip
"""What people add to a header without meaning another column: « Tél. pro », « Nom de famille »."""

DATE_WORDS = frozenset({"date", "jour"})
NUMBER_WORDS = frozenset({"eur", "euros", "heures", "montant", "nb", "nbre", "nombre"})
CODE_WORDS = frozenset({"no", "num", "numero"})
ADDRESS_WORDS = frozenset({"adresse"})
"""What they add because of what the column holds: « Date d’entrée », but « Date de la séance » is not the session."""

ABBREVIATIONS = frozenset({"adr", "conv", "gest", "mob", "port", "prenom", "resp", "struct", "tel"})
"""Beginnings of words that people write without a full stop; « fin » or « nom » are words of their own."""

AGREEMENTS = frozenset({"e", "s", "es", "x"})
WORD = re.compile(r"[a-z0-9]+\.?")
SHORTEST_MISSPELLED, SAME_WORD = 5, 0.82
"""A shorter word is another one with a letter changed; at six letters, one may be wrong."""

EXACT, AGREED, ABBREVIATED, MISSPELLED = 1.0, 0.95, 0.9, 0.85
WORD_MORE_OR_LESS = 0.01


def suggest(table: Table, missing: Iterable[Column], headers: Mapping[int, str]) -> dict[str, int]:
    """The header that each missing column probably has.

    Args:
        table: The table.
        missing: Its columns that were not found.
        headers: The headers that no column answers to, by their place.

    Returns:
        The place of a header by the field of the column: each once, and only where no other is as good.
    """
    own = set(_words(f"{table.tab} {table.singular} {table.plural}"))
    columns = {column.field: column for column in missing}
    likeness = {
        (field, place): found
        for field, column in columns.items()
        for place, header in headers.items()
        if (found := _likeness(header, column, own))
    }
    return {
        field: place
        for (field, place), found in likeness.items()
        if not any(
            rival >= found
            for (other_field, other_place), rival in likeness.items()
            if (other_field == field) != (other_place == place)
        )
    }


def _likeness(header: str, column: Column, own: set[str]) -> float:
    """How much a header resembles a column's names, up to 1; 0 where a word of it means something else."""
    vague = (VAGUE_WORDS, own, _words_of_kind(column.kind))
    typed = _words(header)
    meant = _core(typed, *vague)
    names = [_words(name) for name in (column.header, *column.aliases)]
    cores = [_core(name, *vague) for name in names]
    known = {word for core in cores for word in core}
    if not meant or not any(core and all(any(_same(t, w) for t in meant) for w in core) for core in cores):
        return 0.0
    alike = [max(_same(word, other) for other in known) for word in meant]
    if not all(alike):
        return 0.0
    return sum(alike) / len(alike) - WORD_MORE_OR_LESS * min(abs(len(typed) - len(name)) for name in names)


def _words(text: str) -> list[str]:
    """The words of a text, folded; an abbreviation keeps its full stop, a letter alone (« d’ », « n° ») is none."""
    found = WORD.findall(fold(text))
    return [word for word in found if word not in LITTLE_WORDS and (len(word) > 1 or word.isdigit())]


def _words_of_kind(kind: Kind[Any]) -> frozenset[str]:
    """The words that say what any column of this kind holds."""
    if kind.number_format is not None:
        return DATE_WORDS if kind.number_format.type.startswith("DATE") else NUMBER_WORDS
    if isinstance(kind, Email | Url):
        return ADDRESS_WORDS
    return CODE_WORDS if isinstance(kind, InseeCode | Phone | Postcode | Siret) else frozenset()


def _core(words: list[str], *vague: Container[str]) -> list[str]:
    """The words that tell one column from another: without those that are vague, as long as some are left."""
    for without in vague:
        words = [word for word in words if word.rstrip(".") not in without] or words
    return words


def _same(typed: str, declared: str) -> float:
    """How surely a typed word is a declared one."""
    word, name = typed.rstrip("."), declared.rstrip(".")
    if word == name:
        return EXACT
    if _agree(word, name) or _agree(name, word):
        return AGREED
    if name.startswith(word) and (typed.endswith(".") or word in ABBREVIATIONS):
        return ABBREVIATED
    if min(len(word), len(name)) < SHORTEST_MISSPELLED or word[0] != name[0]:
        return 0.0
    if name.startswith(word) or word.startswith(name):
        return 0.0  # « contact » is no misspelled « contactée »
    return MISSPELLED if SequenceMatcher(None, word, name).ratio() >= SAME_WORD else 0.0


def _agree(short: str, long: str) -> bool:
    return long.startswith(short) and long[len(short) :] in AGREEMENTS
