"""Boundary tables: one case a line, local times, each with the article it stands on.

Columns: article | profile channel | at | earlier contacts | person | verdict | rule | next.
An earlier contact is "moment channel", with "spoke" or "lost" behind it; a person is given consent
unless the column says otherwise.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from acuerdo.contact.jurisdictions import load
from acuerdo.contact.law import (
    ContactContext,
    Event,
    PastContact,
    Profile,
    Reason,
    Recipient,
    judge,
)
from acuerdo.values.channels import Channel

_CONSENTS = {"consent=no": False, "consent=unknown": None}


@dataclass(frozen=True)
class Case:
    country: str
    article: str
    profile: Profile
    channel: Channel
    at: datetime
    history: tuple[PastContact, ...]
    context: ContactContext
    reason: Reason | None
    rule: str
    next_allowed_at: datetime | None

    def check(self) -> None:
        """Judge, and compare all that a verdict says."""
        verdict = judge(
            load(self.country), self.profile, self.channel, self.at, self.history, self.context
        )
        assert verdict.reason == self.reason, verdict
        assert verdict.allowed is (self.reason is None)
        assert self.rule in verdict.rule
        assert self.article in verdict.rule or self.profile is Profile.HOUSE or self.article == "-"
        assert verdict.next_allowed_at == self.next_allowed_at, verdict


def cases(country: str, text: str) -> list[Case]:
    return [_case(country, line) for line in text.strip().splitlines()]


def _case(country: str, line: str) -> Case:
    article, how, at, history, person, verdict, rule, later = (x.strip() for x in line.split("|"))
    words = person.split()
    zone = next((w[5:] for w in words if w.startswith("zone=")), load(country).zones[0])
    profile, channel = how.split()
    consent: bool | None = True
    for word in words:
        consent = _CONSENTS.get(word, consent)
    return Case(
        country=country,
        article=article,
        profile=Profile(profile),
        channel=Channel(channel),
        at=local(at, zone),
        history=tuple(_past(x, zone) for x in history.split(",") if x),
        context=ContactContext(
            zones=(zone,),
            consent=consent,
            recipient=next((r for r in Recipient if r in words), Recipient.DEBTOR),
            events=frozenset(e for e in Event if e in words),
            reply="reply" in words,
        ),
        reason=None if verdict == "allowed" else Reason(verdict),
        rule=rule,
        next_allowed_at=local(later, zone) if later else None,
    )


def _past(text: str, zone: str) -> PastContact:
    at, channel, *how = text.split()
    return PastContact(local(at, zone), Channel(channel), "spoke" in how, "lost" not in how)


def local(text: str, zone: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
