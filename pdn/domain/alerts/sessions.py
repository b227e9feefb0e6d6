"""Alerts on sessions: attendance to enter, supervision led by who may not, meetings to plan (R9, R35, R36)."""

from collections.abc import Iterator
from datetime import date, timedelta

from pdn.domain.alerts.alert import Alert, Urgency, about
from pdn.domain.attendance_rates import late_entries, tally
from pdn.domain.network_meetings import MeetingLevel, network_meetings
from pdn.domain.session import Session
from pdn.domain.session_rules import check_session
from pdn.domain.settings import Settings
from pdn.french import NBSP, count, day, number, plural
from pdn.schema import Dataset


def session_alerts(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """Every alert on sessions."""
    for session in late_entries(data, settings, today):
        yield _to_enter(session, data, settings, today)
    for session in data.live(Session):
        yield from _breach(session, data, settings, today)
    yield from _meetings(data, settings, today)


def _to_enter(session: Session, data: Dataset, settings: Settings, today: date) -> Alert:
    due = session.held_on + timedelta(days=settings.attendance_entry_days or 0) if session.held_on else None
    left = tally(session, data, today).to_enter
    waiting = f"{count(left, 'personne')} à pointer" if left else "personne n’est encore inscrit"
    detail = f"La séance a eu lieu le {day(session.held_on)}{NBSP}: {waiting}."
    return about(session, Urgency.OVERDUE, f"Présences à saisir{NBSP}: {session.title}", detail, "R35", due)


def _breach(session: Session, data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    """A supervision that a form would refuse: it was typed in the sheet, or a coordinator's dates changed since."""
    if session.kind is None or not session.kind.is_supervision:
        return
    refusals = [found for found in check_session(session, data, settings, today) if found.rule == "R36"]
    if refusals:
        urgency = Urgency.SOON if session.held_on and session.held_on > today else Urgency.OVERDUE
        title = f"Supervision à revoir{NBSP}: {session.title}"
        yield about(session, urgency, title, refusals[0].message, "R36", session.held_on)


def _meetings(data: Dataset, settings: Settings, today: date) -> Iterator[Alert]:
    year = network_meetings(data, settings, today.year, today)
    if year.level is MeetingLevel.OK:
        return
    known = len(year.held) + len(year.planned)
    done = plural(known, "tenue ou programmée", "tenues ou programmées")
    yield Alert(
        urgency=Urgency.SOON,
        title=f"{count(year.to_plan, 'rencontre départementale', 'rencontres départementales')} à programmer",
        detail=f"Il en faut au moins {number(year.wanted)} par an{NBSP}: {number(known)} {done} en {today.year}.",
        rule="R9",
        due_on=date(today.year, 12, 31),
        page="formation",
    )
