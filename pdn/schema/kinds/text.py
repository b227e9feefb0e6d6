"""Kinds made of text: free text, e-mail, telephone, SIRET, postcode, INSEE code, link."""

import re
from typing import ClassVar
from urllib.parse import urlsplit

import phonenumbers
from stdnum import luhn
from stdnum.fr import siret as stdnum_siret

from pdn.schema.cells import Cell, is_number, shown, visible
from pdn.schema.kinds.base import Kind, Misread

HOME_REGION, FRANCE = "FR", 33
FRENCH_LENGTH = 9
"""The figures of a French number without its leading zero."""

AS_WRITTEN = re.compile(r"0[1-79](?: [0-9]{2}){4}")
"""A French number as the app writes it: nearly all of them, which need no library to be read. Those that begin with 08
are written in other groups."""

FRENCH_NUMBER = re.compile(r"\+33[1-79][0-9]{8}")
"""The same number in records."""

LETTER_AFTER_FIGURE = re.compile(r"[0-9].*[^\W\d_]")
"""The library would read letters as the figures of a keypad: « 06 12 34 5 ABC »."""

BLANKS = re.compile(r"\s{2,}|(?<=[^\W\d_])[\u00a0\u2000-\u200a\u202f\u205f\u3000](?=[^\W\d_])")
"""Blanks to be one plain space: several of them, or one that was pasted from a page between two words. Before « : » or
between a figure and its unit, a no-break space is good typography."""

SIRET_LENGTH = 14
EMAIL = re.compile(r"^[^\s@,;<>()\"]+@[^\s@,;<>()\".]+(\.[^\s@,;<>()\".]+)+$")
"""The shape of an address; whether it exists, only a message sent there tells."""


def one_line(text: str) -> str:
    """The text with one plain space between two words."""
    return BLANKS.sub(" ", text)


class TextKind(Kind[str]):
    """A kind whose values are strings, empty where the cell is."""

    @property
    def blank(self) -> str:
        """The empty text."""
        return ""

    def encode(self, value: str) -> Cell:
        """The text itself; none for the empty one."""
        return value or None

    def show(self, value: str) -> str:
        """The text itself."""
        return value


class Text(TextKind):
    """A short text, on one line."""

    name = "texte"
    expected = "un texte"

    def __init__(self, width: int = 180) -> None:
        self.width = width

    def read(self, cell: Cell) -> str | Misread:
        """The text on one line; a number reads as it is written."""
        return one_line(shown(cell))


class LongText(Text):
    """A text of several lines, of at most so many characters."""

    name = "texte long"
    multiline = True

    def __init__(self, most: int = 2000) -> None:
        super().__init__(width=320)
        self.most = most
        self.expected = f"un texte de {most} caractères au plus"

    def read(self, cell: Cell) -> str | Misread:
        """The text, refused past its length."""
        text = shown(cell)
        return text if len(text) <= self.most else Misread(self.expected, f"Il en compte {len(text)}.")


class Email(TextKind):
    """One e-mail address, in lower case."""

    name = "adresse mail"
    expected = "une adresse mail, par exemple prenom.nom@example.org"
    width = 220

    def read(self, cell: Cell) -> str | Misread:
        """The address, of which `mailto:` and case do not count."""
        text = shown(cell).lower().removeprefix("mailto:").strip()
        return text if EMAIL.match(text) else Misread(self.expected)


class Phone(TextKind):
    """A telephone number: E.164 in records (+33612345678), as French people write it in cells (06 12 34 56 78)."""

    name = "téléphone"
    expected = "un numéro de téléphone, par exemple 06 12 34 56 78"
    width = 130

    def read(self, cell: Cell) -> str | Misread:
        """The number, French unless it says its country; a cell that lost its leading zero has one meaning."""
        text = " ".join(shown(cell).split())
        if AS_WRITTEN.fullmatch(text):
            return f"+{FRANCE}{text[1:].replace(' ', '')}"
        if is_number(cell) and len(text) == FRENCH_LENGTH:
            text = f"0{text}"
        if LETTER_AFTER_FIGURE.search(text):
            return Misread(self.expected)
        try:
            number = phonenumbers.parse(text, HOME_REGION)
        except phonenumbers.NumberParseException:
            return Misread(self.expected)
        # « Possible » and not « valid »: ranges open faster than a library's list of them, and the ones that ARCEP
        # keeps for fiction are in none.
        reason = phonenumbers.is_possible_number_with_reason(number)
        if reason is not phonenumbers.ValidationResult.IS_POSSIBLE or number.extension:
            return Misread(self.expected)
        if number.country_code == FRANCE and len(str(number.national_number)) != FRENCH_LENGTH:
            return Misread(self.expected)
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def encode(self, value: str) -> Cell:
        """The number as people write it."""
        return self.show(value) or None

    def show(self, value: str) -> str:
        """« 06 12 34 56 78 » for France, « +32 470 12 34 56 » elsewhere."""
        if not value:
            return ""
        if FRENCH_NUMBER.fullmatch(value):
            return f"0{value[3]} {value[4:6]} {value[6:8]} {value[8:10]} {value[10:]}"
        number = phonenumbers.parse(value)
        national = phonenumbers.region_code_for_number(number) == HOME_REGION
        style = phonenumbers.PhoneNumberFormat
        return phonenumbers.format_number(number, style.NATIONAL if national else style.INTERNATIONAL)

    def untidy(self, cell: Cell, value: str) -> bool:
        """Another form of the number, or a number that lost its zero."""
        return not (isinstance(cell, str) and AS_WRITTEN.fullmatch(cell)) and cell != self.show(value)


class Siret(TextKind):
    """The 14 figures of a French establishment, checked (Luhn's key, La Poste's own rule included)."""

    name = "SIRET"
    expected = "un numéro SIRET de 14 chiffres"
    width = 150

    def read(self, cell: Cell) -> str | Misread:
        """The 14 figures; a number in the cell gets back the zeros that it lost."""
        text = re.sub(r"[\s.\-]", "", shown(cell))
        if is_number(cell):
            text = text.zfill(SIRET_LENGTH)
        if not re.fullmatch(rf"(?!0+$)[0-9]{{{SIRET_LENGTH}}}", text):
            return Misread(self.expected)
        if not stdnum_siret.is_valid(text):
            return Misread(self.expected, "La clé de contrôle ne correspond pas : un chiffre est sans doute faux.")
        return text

    def show(self, value: str) -> str:
        """In groups: « 123 456 789 00012 »."""
        return f"{value[:3]} {value[3:6]} {value[6:9]} {value[9:]}" if value else ""

    def untidy(self, cell: Cell, value: str) -> bool:
        """A number that lost its zeros, or blanks around; the groups of figures are how it is usually written."""
        return visible(cell) != cell if isinstance(cell, str) else shown(cell) != value

    @staticmethod
    def with_check_digit(thirteen_digits: str) -> str:
        """The SIRET that begins with these 13 figures (their SIREN has to be valid for it to be)."""
        return thirteen_digits + str(luhn.calc_check_digit(thirteen_digits))


class Digits(TextKind):
    """A code of five characters whose leading zeros count."""

    pattern: ClassVar[re.Pattern[str]]
    width = 90

    def read(self, cell: Cell) -> str | Misread:
        """The code; a number in the cell gets back the zero that it lost."""
        text = re.sub(r"\s", "", shown(cell)).upper()
        if is_number(cell) and len(text) == 4:  # noqa: PLR2004 - five figures without their zero
            text = f"0{text}"
        return text if self.pattern.fullmatch(text) else Misread(self.expected)

    def untidy(self, cell: Cell, value: str) -> bool:
        """Another spelling, or a number that lost its zero."""
        return shown(cell) != value


class Postcode(Digits):
    """A French postcode."""

    name = "code postal"
    expected = "un code postal de 5 chiffres"
    pattern = re.compile(r"[0-9]{5}")


class InseeCode(Digits):
    """The INSEE code of a commune (2A and 2B in Corsica)."""

    name = "code INSEE"
    expected = "un code INSEE de 5 caractères, par exemple 33063"
    pattern = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")


class Url(TextKind):
    """A link, http or https."""

    name = "lien"
    expected = "un lien, par exemple https://www.example.org"
    width = 220

    def read(self, cell: Cell) -> str | Misread:
        """The link; « www.example.org » is understood with https."""
        text = shown(cell)
        if text.lower().startswith("www."):
            text = f"https://{text}"
        try:
            parts = urlsplit(text)
            host = parts.hostname or ""
        except ValueError:
            return Misread(self.expected)
        if parts.scheme.lower() not in {"http", "https"} or "." not in host or re.search(r"\s", text):
            return Misread(self.expected)
        return text

    def untidy(self, cell: Cell, value: str) -> bool:
        """Blanks around; a link without its https opens as well."""
        del value
        return isinstance(cell, str) and visible(cell) != cell
