"""What people type stays text: nothing of it is read as Markdown by Streamlit."""

import pytest

from pdn.ui.text import md


@pytest.mark.parametrize(
    "typed",
    ["**gras**", "# titre", "![](https://example.org/x.png)", "[lien](https://example.org)", ":red[rouge]", "$x$",
     ":material/close:", "<script>", "`code`", "> citation", "~barré~", "a | b", "https://example.org"],
)  # fmt: skip
def test_every_sign_of_markdown_is_escaped(typed):
    escaped = md(typed)
    assert escaped.replace("\\", "") == typed
    for sign in "*_#[]!$<>`~|:":
        assert escaped.count(sign) == escaped.count(f"\\{sign}")


def test_words_are_left_as_they_are():
    assert md("Léa d’Étampes, Bègles") == "Léa d’Étampes, Bègles"
    assert md("sur\ndeux lignes") == "sur deux lignes"
