"""The conventions of each structure, one after the other, and their amendments (R26)."""

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pdn.demo.chance import Ids, dice
from pdn.demo.days import ONE_DAY, month_end, month_start, months_between, working_day
from pdn.demo.structures import Member
from pdn.domain.agreement import Agreement, AgreementStatus, Amendment
from pdn.domain.promeneur import Promeneur
from pdn.schema import labelled

TERMS = (36, 48)
SHORTEST = 8
"""A last term shorter than this is joined to the one before."""

AMOUNT_EACH = Decimal(2_000)
RENEWAL_SENT = timedelta(days=70)
EXTENDED_SHARE, EXTENSION_MONTHS = 0.09, 6
COVERED_LATER = timedelta(days=100)
DOCUMENTS = "https://www.example.org/conventions"


def agreements(
    members: tuple[Member, ...], promeneurs: tuple[Promeneur, ...], ids: Ids, seed: int, today: date
) -> tuple[tuple[Agreement, ...], tuple[Amendment, ...]]:
    """Every convention, numbered by year in the order of their dates of effect, and every amendment."""
    employed = defaultdict[str, list[Promeneur]](list)
    for promeneur in promeneurs:
        employed[promeneur.structure_id].append(promeneur)
    drafts = [
        (agreement, extended)
        for member in members
        for agreement, extended in _chain(member, employed[member.structure.id], ids, seed, today)
    ]
    drafts.sort(key=lambda draft: (draft[0].starts_on or today, draft[0].id))
    numbered, extensions, counts = [], [], defaultdict[int, int](int)
    for draft, extended in drafts:
        year = (draft.starts_on or today).year
        counts[year] += 1
        number = f"{year}-{counts[year]:03}"
        document = f"{DOCUMENTS}/{number}.pdf" if draft.caf_signed_on else ""
        agreement = labelled(replace(draft, number=number, document=document))
        numbered.append(agreement)
        extensions.extend(_amendments(agreement, extended, employed[agreement.structure_id], ids, today))
    return tuple(numbered), tuple(extensions)


def _chain(
    member: Member, employed: list[Promeneur], ids: Ids, seed: int, today: date
) -> list[tuple[Agreement, date | None]]:
    """The conventions of one structure, each with the end that an amendment gives it, if one does."""
    if member.joins_on is None:
        return _prospect(member, ids, seed, today)
    rng = dice(seed, "agreements", member.index)
    made: list[tuple[Agreement, date | None]] = []
    periods = _periods(member, rng, today)
    for rank, (start, end) in enumerate(periods):
        extends = 0 < rank + 1 < len(periods) and rng.random() < EXTENDED_SHARE
        agreement = _signed(member, start, employed, rng, today)
        agreement = replace(
            agreement,
            id=ids.new(Agreement, min(today, agreement.sent_on or start), member.index, rank),
            ends_on=month_end(end, -EXTENSION_MONTHS) if extends else end,
            renews_id=made[-1][0].id if made else "",
        )
        made.append((agreement, end if extends else None))
    last, extended = made[-1]
    made[-1] = (_as_told(last, member, today), extended)
    return made


def _periods(member: Member, rng: Random, today: date) -> list[tuple[date, date]]:
    """First and last days, from the structure's joining to what its story says of today."""
    start = member.joins_on or today
    stop = _stop(member, today)
    made: list[tuple[date, date]] = []
    while start <= today + RENEWAL_SENT and (stop is None or start < stop):
        end = month_end(start, rng.choice(TERMS) - 1)
        if stop and months_between(end, stop) < SHORTEST:
            end = stop
        made.append((start, end))
        start = end + ONE_DAY
    if member.story == "renewing" and stop:
        made.append((stop + ONE_DAY, month_end(stop, TERMS[0])))
    return made


def _stop(member: Member, today: date) -> date | None:
    """The end of the last signed convention where the story tells it; None where they go on."""
    joined = member.joins_on or today
    stops = {
        "to_renew": month_end(today, 1) if member.index % 2 else month_start(today, 2) + timedelta(days=14),
        "renewing": month_end(today, 1),
        "expired": month_end(today, -1),
        "forced": month_end(today, -2),
        "left": member.structure.left_on,
        "terminated": month_end(joined, TERMS[0] - 1) if member.structure.left_on else None,
    }
    stop = stops.get(member.story)
    return stop if stop and months_between(joined, stop) >= SHORTEST else None


def _signed(member: Member, start: date, employed: list[Promeneur], rng: Random, today: date) -> Agreement:
    """A convention on its way: sent, signed by the structure, then by the CAF, as far as today."""
    first = start == member.joins_on
    sent = working_day(start - (timedelta(days=rng.randint(32, 50)) if first else RENEWAL_SENT))
    structure_signed = working_day(sent + timedelta(days=rng.randint(8, 20)))
    caf_signed = working_day(structure_signed + timedelta(days=rng.randint(6, 30)))
    soon = start + COVERED_LATER
    there = [each for each in employed if (each.entered_on or start) < soon and (each.left_on or soon) >= start]
    covered = max(1, len(there))
    return Agreement(
        structure_id=member.structure.id,
        sent_on=sent if sent <= today else None,
        structure_signed_on=structure_signed if structure_signed <= today else None,
        caf_signed_on=caf_signed if caf_signed <= today else None,
        starts_on=start,
        promeneurs_covered=covered,
        amount=AMOUNT_EACH * covered,
    )


def _as_told(last: Agreement, member: Member, today: date) -> Agreement:
    """The last convention of a structure as its story has it."""
    if member.story == "renewing":
        sent = working_day(month_start(today, -1) + timedelta(days=9))
        signed = working_day(month_start(today, -1) + timedelta(days=22))
        return replace(last, sent_on=sent, structure_signed_on=signed if signed <= today else None, caf_signed_on=None)
    if member.story == "unsigned":
        sent = working_day(month_start(today, -1) + timedelta(days=4))
        return replace(last, sent_on=sent, structure_signed_on=None, caf_signed_on=None)
    if member.story == "terminated" and member.structure.left_on:
        return replace(
            last,
            terminated_on=member.structure.left_on,
            termination_reason="Fermeture du point d’écoute par le gestionnaire.",
        )
    if member.story == "forced" and last.ends_on and last.ends_on < today:
        return replace(
            last,
            forced_status=AgreementStatus.IN_FORCE,
            forced_reason="Prolongation validée par la Caf, avenant en cours d’édition.",
        )
    return last


def _prospect(member: Member, ids: Ids, seed: int, today: date) -> list[tuple[Agreement, date | None]]:
    """The first convention of a structure that is about to join: sent, or only begun."""
    start = month_start(today, 1)
    draft = Agreement(
        id=ids.new(Agreement, month_start(today, -1), member.index),
        structure_id=member.structure.id,
        starts_on=start,
        ends_on=month_end(start, TERMS[0] - 1),
        promeneurs_covered=1,
        amount=AMOUNT_EACH,
    )
    if member.story == "to_prepare":
        return [(draft, None)]
    if member.story == "signing":
        sent = working_day(month_start(today, -1) + timedelta(days=dice(seed, "signing", member.index).randint(4, 20)))
        return [(replace(draft, sent_on=sent), None)]
    return []


def _amendments(
    agreement: Agreement, extended: date | None, employed: list[Promeneur], ids: Ids, today: date
) -> list[Amendment]:
    """One for each Promeneur more than was provided for, one for an extension."""
    first, covered = agreement.starts_on, agreement.promeneurs_covered
    last = extended or agreement.ends_on
    if agreement.caf_signed_on is None or first is None or last is None or covered is None:
        return []
    made: list[Amendment] = []
    reasons: list[tuple[date, str, date | None, int | None]] = []
    entries = sorted(promeneur.entered_on for promeneur in employed if promeneur.entered_on)
    for rank, entry in enumerate(entry for entry in entries if first + COVERED_LATER <= entry <= last):
        subject = "Un Promeneur de plus est couvert par la convention."
        reasons.append((entry - timedelta(days=10), subject, None, covered + rank + 1))
    if extended:
        signed = (agreement.ends_on or last) - timedelta(days=40)
        reasons.append((signed, "La convention est prolongée de six mois, à montant constant.", extended, None))
    for day, subject, new_end, new_covered in sorted(reasons, key=lambda reason: reason[0]):
        signed_on = working_day(day)
        if signed_on <= today:
            number = f"{agreement.number}-A{len(made) + 1}"
            made.append(
                Amendment(
                    id=ids.new(Amendment, signed_on, number),
                    agreement_id=agreement.id,
                    number=number,
                    signed_on=signed_on,
                    subject=subject,
                    new_end=new_end,
                    new_promeneurs_covered=new_covered,
                    document=f"{DOCUMENTS}/{number}.pdf",
                )
            )
    return made
