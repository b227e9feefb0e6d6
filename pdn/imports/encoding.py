"""In which encoding a text was written: what French looks like tells, for no byte says it."""

import codecs

ENCODINGS = {
    "utf-8": "UTF-8",
    "cp1252": "Windows (1252)",
    "iso8859-15": "ISO 8859-15 (Latin 9)",
    "mac-roman": "Mac (Roman)",
    "cp850": "DOS (850)",
    "utf-16": "UTF-16",
}
"""The encodings of French files and what a person calls them; of two that read a text alike, the first one counts."""

ONE_BYTE = ("cp1252", "iso8859-15", "mac-roman", "cp850")
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SAMPLE = 200_000
"""Bytes that are enough to tell."""

OFTEN, SELDOM = 3.0, 1.0
WRONG = -4.0
LETTERS = dict.fromkeys("éèàçêîôâûùœ", OFTEN) | dict.fromkeys("ëïüöäæÿñáíóúãõåøß", SELDOM)
CAPITALS = {letter.upper(): weight for letter, weight in LETTERS.items() if len(letter.upper()) == 1}
AT_END, HARDLY_FIRST = frozenset("àù"), frozenset("èêîôâû")
"""Where French hardly has some letters: « à » and « ù » end a word, and few begin with a circumflex."""

BETWEEN_LETTERS = frozenset("’ʼ")
ANYWHERE = frozenset("·")
"""It parts a name from an id in our own labels, and the endings of inclusive writing."""

BESIDE_BLANKS = frozenset("«»–—…“”€°•²³½№§±×©®™‘\u00a0\u202f")


def guess_encoding(data: bytes) -> str:
    """The encoding of a French text, one of `ENCODINGS`.

    A mark at its beginning tells, or text that is valid UTF-8; of the one-byte encodings, the one that gives the most
    French: an « é » where « Ž » or « Ú » would stand among small letters.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:SAMPLE]
    if _is_utf16(sample):
        return "utf-16"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return max(ONE_BYTE, key=lambda encoding: french(sample.decode(encoding, errors="replace")))
    return "utf-8"


def decode(data: bytes, encoding: str) -> str | None:
    """The text, without its mark; None where it is not of that encoding."""
    if encoding == "utf-16" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def french(text: str) -> float:
    """How French the characters of a text are that are not of ASCII; each is held against its neighbours."""
    score = 0.0
    for index, character in enumerate(text):
        if character < "\x80":
            continue
        before, after = text[index - 1 : index], text[index + 1 : index + 2]
        score += _likelihood(character, before, after)
    return score


def _likelihood(character: str, before: str, after: str) -> float:
    inside = before.isalpha() and after.isalpha()
    if character in LETTERS:
        # A small letter stands alone (« à »), or among small ones; never between two capitals.
        if inside and before.isupper() and after.isupper():
            return WRONG
        misplaced = character in AT_END if inside else character in HARDLY_FIRST and not before.isalpha()
        return SELDOM if misplaced else LETTERS[character]
    if character in CAPITALS:
        return WRONG if before.islower() else CAPITALS[character] * 0.9
    if character in BETWEEN_LETTERS:
        return OFTEN if inside else -SELDOM
    if character in BESIDE_BLANKS:
        return WRONG if inside else SELDOM
    return SELDOM if character in ANYWHERE else WRONG


def _is_utf16(data: bytes) -> bool:
    """Whether every other byte is zero, as Latin letters are in UTF-16; no other text holds a zero."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    return max(even, odd) > len(data) // 4 and min(even, odd) < len(data) // 20 + 1
