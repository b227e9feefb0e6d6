"""The kinds of column: how each reads a cell, writes one, shows a value, and what it proposes."""

from pdn.schema.kinds.base import Kind, Misread, NumberFormat
from pdn.schema.kinds.choice import Choice, Choices, OpenChoice, YesNo
from pdn.schema.kinds.identity import LABEL_SEPARATOR, Identifier, Label, Raw, Reference
from pdn.schema.kinds.moment import Consent, Date, DateTime
from pdn.schema.kinds.number import Hours, Money, WholeNumber
from pdn.schema.kinds.text import Email, InseeCode, LongText, Phone, Postcode, Siret, Text, Url

__all__ = [
    "LABEL_SEPARATOR", "Choice", "Choices", "Consent", "Date", "DateTime", "Email", "Hours", "Identifier",
    "InseeCode", "Kind", "Label", "LongText", "Misread", "Money", "NumberFormat", "OpenChoice", "Phone",
    "Postcode", "Raw", "Reference", "Siret", "Text", "Url", "WholeNumber", "YesNo",
]  # fmt: skip
