"""A table is declared once: adding a column is one line."""

import pytest

from pdn.schema import Record, Workbook, column, read_tab, table
from pdn.schema.dictionary import dictionary
from pdn.schema.kinds import Email, Text


def declare(**columns):
    """A tab of members with these columns more."""
    members = type("Member", (Record,), {"__annotations__": dict.fromkeys(columns, str), **columns})
    return table("member", "Membres", "ME", singular="membre", plural="membres", purpose="Les membres.")(members)


def test_one_line_adds_a_column_to_reading_and_to_the_dictionary():
    members = declare(name=column(Text(), "Nom", "Nom de famille."), email=column(Email(), "Mail", "Où lui écrire."))
    reading = read_tab(members, "Membres", [["Mail", "Identifiant", "Nom"], ["ana@Example.org", "ME-1", "Diaz"]])
    assert reading.records == (members(id="ME-1", name="Diaz", email="ana@example.org"),)
    assert reading.problems == ()
    text = dictionary([Workbook("club", "Club", "Le club.", (members,))])
    assert "| **Mail** | adresse mail |  |" in text
    assert "Où lui écrire." in text


def test_two_columns_may_not_answer_to_one_header():
    with pytest.raises(ValueError, match="two columns answer to one header"):
        declare(name=column(Text(), "Nom", "Nom."), other=column(Text(), "Autre", "Autre.", aliases=("NOM ",)))


def test_a_field_that_is_no_column_is_refused():
    with pytest.raises(ValueError, match=r"Member\.name is no column"):
        declare(name="")


def test_a_record_cannot_be_changed():
    record = declare(name=column(Text(), "Nom", "Nom."))(id="ME-1")
    with pytest.raises(AttributeError):
        record.name = "Diaz"
