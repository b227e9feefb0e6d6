"""Who is there: on a workbook of this machine, whoever tries it; on Google Sheets, a coordination that logged in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pdn.ui.store import local, secrets

DEMONSTRATION = "Démonstration"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is there.

    Attributes:
        name: What the journal writes.
        email: The address of the login; empty in the demonstration.
    """

    name: str
    email: str = ""


def who() -> Person | None:
    """The person, or None where nobody is known who may see the data: it fails closed.

    On Google Sheets a person has to be logged in with a verified address that the secrets list under
    `[acces] coordination`; without `[auth]` nobody can be.
    """
    if local():
        return Person(DEMONSTRATION)
    known = secrets()
    if "auth" not in known or not st.user.is_logged_in:
        return None
    email = str(st.user.get("email") or "").strip().lower()
    if not email or st.user.get("email_verified") is False or email not in coordination_emails(known):
        return None
    return Person(str(st.user.get("name") or email), email)


def coordination_emails(known: Mapping[str, Any]) -> frozenset[str]:
    """The addresses that `[acces] coordination` lists, in lower case."""
    return frozenset(str(email).strip().lower() for email in known.get("acces", {}).get("coordination", ()))


def draw_entrance() -> None:
    """What somebody sees who may not see the data: how to log in, or why it can't be done yet."""
    st.title("Promeneurs du Net")
    known = secrets()
    if "auth" not in known:
        st.warning(
            "La connexion n’est pas encore configurée : par prudence, rien n’est affiché. "
            "Complétez la section [auth] des secrets comme l’explique le fichier README.",
            icon=":material/lock:",
        )
        return
    if st.user.is_logged_in:
        st.warning(
            f"L’adresse {st.user.get('email')} n’a pas accès à ce tableau de bord. "
            "Demandez à la coordination de l’ajouter.",
            icon=":material/lock:",
        )
        st.button("Se déconnecter", on_click=st.logout)
        return
    st.write("Ce tableau de bord est réservé à la coordination et à ses partenaires institutionnels.")
    providers = [name for name, value in known["auth"].items() if isinstance(value, Mapping)]
    st.button("Se connecter", type="primary", on_click=st.login, args=providers[:1])
