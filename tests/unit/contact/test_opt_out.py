"""What stands refused after consents and withdrawals."""

from dataclasses import dataclass

from acuerdo.contact.opt_out import ConsentSource, OptOuts, opt_outs_in
from acuerdo.values.channels import Channel
from acuerdo.values.requests import Scope


@dataclass(frozen=True)
class Said:
    """A consent or its withdrawal."""

    given: bool
    channel: Channel = Channel.WHATSAPP
    scope: Scope = Scope.CHANNEL
    source: ConsentSource = ConsentSource.WORDS


def test_what_stands_is_the_last_word_of_the_person_for_each_channel() -> None:
    no, yes = Said(False), Said(True, source=ConsentSource.DEEP_LINK)
    assert opt_outs_in([]) == OptOuts()
    assert opt_outs_in([no]).cover(Channel.WHATSAPP, workplace=False)
    assert not opt_outs_in([no]).cover(Channel.VOICE, workplace=False)
    assert not opt_outs_in([no, yes]).channels
    assert opt_outs_in([yes, no]).channels == {Channel.WHATSAPP}


def test_a_portfolio_takes_nothing_back() -> None:
    brought = Said(True, source=ConsentSource.PORTFOLIO)
    assert opt_outs_in([Said(False), brought]).channels == {Channel.WHATSAPP}


def test_everything_is_every_channel_until_the_person_opens_one_again() -> None:
    everything = Said(False, scope=Scope.ALL)
    assert opt_outs_in([everything]).channels == set(Channel)
    again = Said(True, Channel.TELEGRAM, source=ConsentSource.DEEP_LINK)
    assert opt_outs_in([everything, again]).channels == set(Channel) - {Channel.TELEGRAM}


def test_the_workplace_is_refused_alone() -> None:
    stands = opt_outs_in([Said(False, scope=Scope.WORKPLACE)])
    assert stands.cover(Channel.VOICE, workplace=True)
    assert not stands.cover(Channel.VOICE, workplace=False)
