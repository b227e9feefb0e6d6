"""A convention's card: its facts, its way to the signature, amendments, renewals, the Promeneurs covered (R26)."""

from dataclasses import replace
from datetime import date
from typing import Any, Literal

import streamlit as st

from pdn.domain.activity import activity
from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.agreement_registry import AgreementEntry, agreement_entry, promeneurs_under
from pdn.domain.agreement_status import ENDED, IN_FORCE
from pdn.domain.funnel import funnel_step
from pdn.domain.renewal import renewal_chain, renewal_draft
from pdn.french import NBSP, count, day, euros, number
from pdn.ui.card import draw_archive, draw_edit, draw_problems
from pdn.ui.figures import badge, draw_facts, link
from pdn.ui.forms import open_form
from pdn.ui.history import draw_history
from pdn.ui.messages import empty_state
from pdn.ui.navigation import record_link
from pdn.ui.opened import draw_back, open_record
from pdn.ui.page import Page
from pdn.ui.text import md

BACK = "Retour aux conventions"
SIGNATURE_STEPS = (
    ("sent_on", "Transmise", "Marquer comme transmise", ":material/send:"),
    ("caf_signed_on", "Signée par la Caf", "Marquer comme signée par la Caf", ":material/draw:"),
    ("structure_signed_on", "Signée par la structure", "Marquer comme signée par la structure", ":material/draw:"),
)
NEW_FIELDS = (
    "number", "structure_id", "signatory", "sent_on", "caf_signed_on", "structure_signed_on", "starts_on", "ends_on",
    "promeneurs_covered", "amount", "renews_id", "document", "notes",
)  # fmt: skip
"""What a new convention can have: it is neither terminated nor corrected yet."""

AMENDMENT_FIELDS = ("number", "signed_on", "subject", "new_end", "new_promeneurs_covered", "document")


def draw_card(page: Page, entry: AgreementEntry) -> None:
    """One convention's card."""
    agreement, structure = entry.agreement, entry.structure
    draw_back("convention", BACK)
    st.header(f"Convention {agreement.title}")
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(entry.status)
        if entry.status in IN_FORCE and entry.ends_on:
            st.markdown(f"Fin {remaining(entry)}, le {day(entry.ends_on)}.")
        if agreement.forced_status is not None and agreement.forced_reason:
            st.markdown(f"Statut imposé{NBSP}: {md(agreement.forced_reason)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_edit(page, agreement)
        if st.button("Ajouter un avenant", icon=":material/post_add:", key="ajouter-avenant"):
            amendment = Amendment(agreement_id=agreement.id, signed_on=page.today)
            open_form(page, amendment, title="Ajouter un avenant", fields=AMENDMENT_FIELDS)
        if entry.renewals or entry.status in {AgreementStatus.TO_RENEW, AgreementStatus.EXPIRED}:
            draw_renewal(page, entry)
        if entry.status in IN_FORCE and st.button("Résilier", icon=":material/event_busy:", key="resilier"):
            terminated = replace(agreement, terminated_on=page.today)
            fields = ("terminated_on", "termination_reason")
            open_form(page, terminated, before=agreement, title="Résilier la convention", fields=fields)
        draw_archive(page, agreement, "convention")
        draw_history(page, agreement)
    draw_problems(page, agreement)
    if structure is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            record_link(structure)
            step = funnel_step(structure, page.data, page.today)
            if step is not None:
                badge(step)
    draw_facts(
        [
            ("Signataire", md(agreement.signatory or (structure.managing_body if structure else ""))),
            ("Date d’effet", day(entry.starts_on, empty="")),
            ("Date de fin", day(entry.ends_on, empty="")),
            ("Promeneurs couverts", "" if entry.covered is None else number(entry.covered)),
            ("Montant", euros(agreement.amount, empty="")),
            ("Document", link("Ouvrir la convention signée", agreement.document) if agreement.document else ""),
            ("Résiliée", day(agreement.terminated_on, empty="")),
            ("Motif", md(agreement.termination_reason)),
        ]
    )
    if agreement.notes:
        st.markdown(f"> {md(agreement.notes)}")
    st.header("Signature")
    draw_signature(page, entry)
    st.header("Avenants")
    draw_amendments(page, entry)
    draw_chain(page, agreement)
    st.header("Promeneurs")
    draw_covered(page, entry)


def draw_signature(page: Page, entry: AgreementEntry) -> None:
    """The way to the signature in steps; what is not done yet can be marked, with today's date proposed."""
    waiting = next((field for field, *_ in SIGNATURE_STEPS if getattr(entry.agreement, field) is None), "")
    places = st.columns(len(SIGNATURE_STEPS))
    for place, (field, done, action, icon) in zip(places, SIGNATURE_STEPS, strict=True):
        value: date | None = getattr(entry.agreement, field)
        with place.container(border=True, height="stretch"):
            sign = ":material/check_circle:" if value else ":material/radio_button_unchecked:"
            st.markdown(f"{sign} **{done}**  \n{f'le {day(value)}' if value else 'pas encore'}")
            if value or entry.status in ENDED:
                continue
            kind: Literal["primary", "secondary"] = "primary" if field == waiting else "secondary"
            if st.button(action, icon=icon, key=f"marquer-{field}", type=kind, width="stretch"):
                today: dict[str, Any] = {field: page.today}
                draft = replace(entry.agreement, **today)
                open_form(page, draft, before=entry.agreement, title=action, fields=(field,), success=f"{done}.")


def draw_amendments(page: Page, entry: AgreementEntry) -> None:
    """The amendments by date, each with what it changes."""
    if not entry.amendments:
        empty_state("Aucun avenant à cette convention.", ":material/post_add:")
    for amendment in entry.amendments:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            changes = [
                f"fin portée au {day(amendment.new_end)}" if amendment.new_end else "",
                f"{count(amendment.new_promeneurs_covered, 'Promeneur couvert', 'Promeneurs couverts')}"
                if amendment.new_promeneurs_covered is not None else "",
                link("document", amendment.document) if amendment.document else "",
            ]  # fmt: skip
            told = " · ".join(change for change in changes if change)
            st.markdown(
                f"**{md(amendment.title)}** · {day(amendment.signed_on)} · {md(amendment.subject)}"
                + (f"  \n{told}" if told else "")
            )
            draw_problems(page, amendment)
            if st.button("Modifier", icon=":material/edit:", key=f"modifier-{amendment.id}"):
                open_form(page, amendment, before=amendment, fields=AMENDMENT_FIELDS)
            draw_archive(page, amendment)
            draw_history(page, amendment)


def draw_chain(page: Page, agreement: Agreement) -> None:
    """The conventions that follow one another, this one among them."""
    chain = renewal_chain(agreement, page.data)
    if len(chain) == 1:
        return
    st.header("Suite des conventions")
    for found in chain:
        entry = agreement_entry(found, page.data, page.settings, page.today)
        with st.container(horizontal=True, vertical_alignment="center"):
            if found.id == agreement.id:
                st.markdown(f":material/arrow_right: **{md(found.title)}** (celle-ci)")
            else:
                draw_open(found, found.title, "suite")
            badge(entry.status)
            st.markdown(f"{day(entry.starts_on)} → {day(entry.ends_on)}")


def draw_covered(page: Page, entry: AgreementEntry) -> None:
    """The Promeneurs whom the convention covers, and whether they are more than it provides for."""
    present = promeneurs_under(entry, page.data, page.today)
    if not present:
        empty_state("Aucun Promeneur dans cette structure pendant la convention.", ":material/person_off:")
    elif entry.covered is not None:
        expected = count(entry.covered, "prévu")
        told = f"{count(len(present), 'Promeneur présent', 'Promeneurs présents')} pour {expected}."
        if len(present) > entry.covered and entry.status not in ENDED:
            st.warning(f"{told} Un avenant peut en augmenter le nombre.", icon=":material/warning:")
        else:
            st.markdown(told)
    for promeneur in present:
        with st.container(horizontal=True, vertical_alignment="center"):
            record_link(promeneur)
            badge(activity(promeneur, page.data, page.today).state)


def draw_open(agreement: Agreement, label: str, key: str) -> None:
    """Draw what opens another convention's card on this page; `key` tells apart two of them for one convention."""
    st.button(
        md(label), type="tertiary", icon=":material/handshake:", key=f"ouvrir-{key}-{agreement.id}",
        on_click=open_record, args=("convention", agreement.id),
    )  # fmt: skip


def draw_renewal(page: Page, entry: AgreementEntry) -> None:
    """The renewal where it is under way, otherwise the button that prepares it."""
    if entry.renewals:
        for renewal in entry.renewals:
            draw_open(renewal, f"Renouvellement{NBSP}: {renewal.title}", f"de-{entry.agreement.id}")
    elif st.button("Préparer le renouvellement", icon=":material/autorenew:", key=f"renouveler-{entry.agreement.id}"):
        open_form(
            page, renewal_draft(entry.agreement, page.data, page.settings, page.today),
            title=f"Renouveler la convention {entry.agreement.title}", fields=NEW_FIELDS,
            then=lambda made: open_record("convention", made.id),
        )  # fmt: skip


def remaining(entry: AgreementEntry) -> str:
    """How far the end is: « dans 12 jours », « aujourd’hui », « depuis 3 jours »."""
    days = entry.days_left or 0
    if days == 0:
        return "aujourd’hui"
    return f"dans {count(days, 'jour')}" if days > 0 else f"depuis {count(-days, 'jour')}"
