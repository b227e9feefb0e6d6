"""A session's card: its facts, what the rules say of it, its actions, and the group's attendance (R31, R33–R36)."""

from dataclasses import replace

import streamlit as st

from pdn.domain.attendance import Attendance
from pdn.domain.attendance_rates import SessionState, attendances
from pdn.domain.promeneur import Promeneur
from pdn.domain.session import Session
from pdn.domain.session_register import SessionEntry
from pdn.domain.session_rules import check_session
from pdn.domain.structure import Structure
from pdn.french import NBSP, count, day, euros, hours, number, percent, plural, sort_key
from pdn.ui.attendance_form import draw_attendance_form
from pdn.ui.card import draw_archive, draw_edit, draw_problems
from pdn.ui.figures import Figure, badge, draw_facts, draw_figures, link, signed
from pdn.ui.forms import open_form
from pdn.ui.history import draw_history
from pdn.ui.messages import empty_state
from pdn.ui.opened import draw_back, open_record
from pdn.ui.page import Page
from pdn.ui.saving import Change, save_and_rerun
from pdn.ui.tables import Row, draw_exports, draw_table
from pdn.ui.text import md

BACK = "Retour aux séances"
PARAMETER = "seance"


def draw_session(page: Page, entry: SessionEntry) -> None:
    """One session's card; its attendance comes before its facts, because that is what it is opened for."""
    session = entry.session
    draw_back(PARAMETER, BACK)
    st.header(session.title)
    with st.container(horizontal=True, vertical_alignment="center"):
        badge(entry.state)
        where = f" · {md(session.place)}" if session.place else ""
        st.markdown(f"{md(str(session.kind or 'séance')).capitalize()} · {day(session.held_on)}{where}")
    draw_actions(page, session)
    draw_problems(page, session)
    for finding in check_session(session, page.data, page.settings, page.today):
        if finding.rule != "R34":  # said above the list, with those who are being added
            draw = st.error if finding.blocking else st.warning
            draw(md(finding.message), icon=":material/block:" if finding.blocking else ":material/warning:")
    draw_attendance(page, entry)
    st.header("Fiche")
    draw_facts(
        [
            ("Champ", md(str(session.field or ""))),
            ("Date", day(session.held_on)),
            ("Demi-journées", ", ".join(session.half_days)),
            ("Durée", hours(session.minutes, empty="")),
            ("Lieu", md(session.place)),
            ("Intervenant", md(session.trainer)),
            ("Type d’intervenant", md(str(session.trainer_kind or ""))),
            ("Compétence en écoute", {True: "oui", False: "non", None: ""}[session.listening_skills]),
            ("Places", "" if session.seats is None else number(session.seats)),
            ("Coût", euros(session.cost, empty="")),
            ("Supports", link("Ouvrir les supports", session.materials) if session.materials else ""),
            ("Annulée", day(session.cancelled_on, empty="")),
        ]
    )


def draw_actions(page: Page, session: Session) -> None:
    """What can be done with the session itself."""
    with st.container(horizontal=True):
        draw_edit(page, session)
        if st.button("Dupliquer", icon=":material/content_copy:", key="dupliquer-seance"):
            draft = replace(session, id="", label="", held_on=None, cancelled_on=None)
            open_form(
                page, draft, title="Dupliquer la séance", then=lambda made: open_record(PARAMETER, made.id),
                success="Séance dupliquée.",
            )  # fmt: skip
        if session.cancelled_on is not None:
            if st.button("Rétablir", icon=":material/undo:", key="retablir-seance"):
                back = replace(session, cancelled_on=None)
                save_and_rerun(page, [Change(back, before=session)], "La séance est rétablie.")
        else:
            with st.popover("Annuler la séance", icon=":material/event_busy:"):
                st.write("La séance reste dans la liste, marquée annulée\u00a0; elle ne compte plus nulle part.")
                if st.button("Confirmer l’annulation", key="annuler-seance"):
                    cancelled = replace(session, cancelled_on=page.today)
                    save_and_rerun(page, [Change(cancelled, before=session)], "La séance est annulée.")
        draw_archive(page, session, PARAMETER)
        draw_history(page, session)


def draw_attendance(page: Page, entry: SessionEntry) -> None:
    """The group: who is expected before the session, who was there after it."""
    session, said = entry.session, entry.tally
    coming = entry.state in {SessionState.UPCOMING, SessionState.UNDATED}
    st.header("Inscriptions" if coming else "Présences")
    figures = [Figure("Sur la liste", number(entry.enrolled))]
    if coming and session.seats is not None:
        free = max(0, session.seats - entry.enrolled)
        figures.append(Figure("Places libres", f"{number(free)} sur {number(session.seats)}"))
    elif not coming:
        figures += [
            Figure(
                "Présents",
                f"{said.present} sur {said.expected}" if said.expected else "—",
                percent(said.rate, empty=""),
            ),
            Figure("À saisir", number(said.to_enter)),
            Figure("Heures suivies", hours(said.minutes or None), help="Somme des heures de chaque personne présente."),
        ]
    draw_figures(figures)
    if entry.overbooked:
        over = f"{number(entry.overbooked)}{NBSP}{plural(entry.overbooked, 'personne')} de plus que de places."
        st.warning(f"La liste compte {over}", icon=":material/warning:")
    rows = attendance_rows(page, session)
    if entry.state is SessionState.CANCELLED:
        if rows:
            draw_table(rows, "table-presences", alt="Liste des personnes de la séance annulée")
        else:
            empty_state("Personne n’était inscrit à cette séance.")
        return
    unknown = sum(not row.promeneur_id for row in attendances(session, page.data))
    if unknown:
        rather = plural(unknown, "ne désigne personne de connu", "ne désignent personne de connu")
        st.warning(
            f"{count(unknown, 'ligne')} de l’onglet «\u00a0Présences\u00a0» {rather}\u00a0: "
            "corrigez le nom dans la feuille.",
            icon=":material/report:",
        )
    draw_attendance_form(page, session)
    draw_exports(page, f"Présences {session.title}", rows)


def attendance_rows(page: Page, session: Session) -> list[Row]:
    """The group as a table, by name."""
    hours_kind = Attendance.table.by_field["minutes"].kind
    found = [(page.data.get(Promeneur, row.promeneur_id), row) for row in attendances(session, page.data)]
    ordered = sorted(found, key=lambda each: sort_key(f"{each[0].last_name} {each[0].title}" if each[0] else ""))
    return [
        {
            "Nom": promeneur.last_name if promeneur else "(non reconnu)",
            "Prénom": promeneur.first_name if promeneur else "",
            "Structure": page.data.title(Structure, promeneur.structure_id, empty="") if promeneur else "",
            "État": signed(row.state) if row.state else "",
            "Heures": hours_kind.show(row.minutes),
            "Satisfaction": row.satisfaction,
        }
        for promeneur, row in ordered
    ]
