"""The words for silence, and how far they reach."""

from dataclasses import dataclass

import pytest

from acuerdo.contact.opt_out import (
    ConsentSource,
    OptOuts,
    Scope,
    is_opt_out,
    means_this_address,
    opt_outs_in,
    scope_of,
)
from acuerdo.values.channels import Channel


@pytest.mark.parametrize(
    "text",
    [
        *("BAJA", "baja", " Baja. ", "BAJA!!!", "baja por favor", "Baja, gracias", "baja 🙏"),
        *("STOP", "stop", "Alto", "ALTO!", "basta", "unsubscribe", "darme de baja"),
        *("Quiero darme de baja", "denme de baja ya", "solicito la baja", "no molestar"),
        *("cancelar suscripción", "¡BÁJA!", "Hola, baja por favor"),
    ],
)
def test_a_whole_message_that_asks_for_silence_is_heard(text: str) -> None:
    assert is_opt_out(text, in_dialogue=False)
    assert is_opt_out(text, in_dialogue=True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "👍", "la señal está baja", "mi sueldo es muy bajo", "alto ahí, yo ya pagué"),
        *("quiero cancelar mi deuda", "voy a cancelar mañana", "la cuota es muy alta"),
        *("me dieron de baja del trabajo", "¿baja la cuota?", "stop it", "no", "ya no", "para"),
        *("estoy de baja médica", "dar de baja el servicio"),
    ],
)
def test_the_word_inside_a_sentence_is_left_to_the_classifier(text: str) -> None:
    assert not is_opt_out(text, in_dialogue=False)


def test_cancelar_is_silence_only_where_nothing_is_being_talked_about() -> None:
    assert is_opt_out("CANCELAR", in_dialogue=False)
    assert not is_opt_out("CANCELAR", in_dialogue=True)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("ya no me escriban", Scope.CHANNEL),
        ("no quiero que me manden mensajes", Scope.CHANNEL),
        ("BAJA", Scope.CHANNEL),
        ("baja total", Scope.ALL),
        ("no me contacten por ningún medio", Scope.ALL),
        ("no quiero mensajes ni llamadas", Scope.ALL),
        ("ya no me busquen de ninguna manera", Scope.ALL),
        ("no me llamen al trabajo", Scope.WORKPLACE),
        ("dejen de llamar a mi oficina", Scope.WORKPLACE),
    ],
)
def test_how_far_it_reaches_is_in_the_words(text: str, scope: Scope) -> None:
    assert scope_of(text) is scope


def test_whose_telephone_this_is_may_be_said() -> None:
    assert means_this_address("este es el teléfono de mi trabajo, no escriban aquí")
    assert not means_this_address("no me llamen al trabajo")


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
