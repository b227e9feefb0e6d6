"""What a rule has to say of a record that a person is about to save: a refusal or a warning, with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark of a rule.

    Attributes:
        message: A whole French sentence: what is wrong, why, and what would be right.
        field: The record's field that it speaks of; empty for the whole record.
        blocking: Whether saving is refused; a warning lets it through.
        rule: The rule's number (« R36 »); empty where none is meant.
    """

    message: str
    field: str = ""
    blocking: bool = True
    rule: str = ""
