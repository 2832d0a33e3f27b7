"""B13: a machine gets one answer at most, and nothing is concluded from what it says. B33."""

import pytest

from acuerdo.contact.models import ContactState
from acuerdo.conversations.machines import Line, is_machine
from acuerdo.conversations.models import Direction, Outcome, Owner, WaitingReason
from acuerdo.conversations.notices import notice
from acuerdo.conversations.ports import ReceivedMedia
from acuerdo.language.danger import may_speak_of_danger
from tests.clock import NOW
from tests.domain import TOPICS, utterances
from tests.integration.world import World

MACHINES = (
    "¡Hola! Gracias por comunicarte con Ferretería Luz. En breve te atenderemos.",
    "Atendemos de 10am a 7pm de lunes a viernes. Deje su mensaje.",
    "Bienvenido a Farmacia Sol\n1. Hacer un pedido\n2. Horarios\n3. Hablar con un asesor",
    "El número al que escribe no recibe mensajes.",
    "Este es un mensaje automático, por favor no responda.",
    "Estoy fuera de la oficina hasta el lunes 30 con acceso limitado al correo.",
    "Gracias por escribirnos. Para dejar de recibir mensajes responda BAJA",
    "Hola, en este momento no estoy disponible. Respondo apenas pueda.",
    "Estoy manejando, te respondo luego. Mensaje automático.",
    "Respuesta automática: de viaje hasta el martes",
    "*Mensaje automático* \nMe encuentro conduciendo, te respondo más tarde",
    "(Aviso automático) La línea no se atiende los domingos",
)


@pytest.mark.parametrize("words", MACHINES)
async def test_b13_a_machine_gets_one_answer_and_then_silence(world: World, words: str) -> None:
    # given a machine that answers all that we write
    conversation_id = await world.someone_writes(words)
    for _ in range(24):
        world.clock.advance(seconds=20)
        assert await world.someone_writes(words) == conversation_id
        await world.turns.reply_to(conversation_id)
    # then it was answered once, the engine never heard of it, and nothing was concluded
    assert [each.text for each in await world.said(conversation_id)] == [notice("automatic_answer")]
    assert world.engine.asked == []
    conversation = await world.conversation(conversation_id)
    assert conversation.waiting_reason is WaitingReason.AUTOMATIC_ANSWERS
    assert (conversation.owner, conversation.outcome) == (Owner.BOT, Outcome.NO_OUTCOME)
    assert (await world.point_of(conversation_id)).state is ContactState.ACTIVE


async def test_b13_the_first_person_afterwards_is_answered(world: World) -> None:
    conversation_id = await world.someone_writes(MACHINES[0])
    await world.turns.reply_to(conversation_id)
    await world.someone_writes("hola, soy yo, dígame")
    await world.turns.reply_to(conversation_id)
    assert [asked.text for asked in world.engine.asked] == ["hola, soy yo, dígame"]


async def test_b13_the_same_long_text_at_once_after_our_answer_is_a_machine(world: World) -> None:
    words = "Recibido su contacto de la tienda central, un compañero lo verá luego con calma"
    conversation_id = await world.someone_writes(words)
    await world.turns.reply_to(conversation_id)
    for _ in range(5):
        world.clock.advance(seconds=1)
        await world.someone_writes(words)
        await world.turns.reply_to(conversation_id)
    assert len(world.engine.asked) == 1
    assert len(await world.said(conversation_id)) == 2


async def test_b13_two_robots_that_answer_each_other_come_to_an_end(world: World) -> None:
    texts = (
        "Pedido número {} registrado en el sistema",
        "Consulte el pedido {} en la aplicación",
        "El pedido {} sale del almacén hoy",
    )
    for number in range(40):
        conversation_id = await world.someone_writes(texts[number % 3].format(number))
        await world.turns.reply_to(conversation_id)
        world.clock.advance(seconds=8)
    assert len(world.engine.asked) <= 10
    conversation = await world.conversation(conversation_id)
    assert conversation.waiting_reason is WaitingReason.AUTOMATIC_ANSWERS


async def test_b13_an_impatient_person_is_no_machine(world: World) -> None:
    for words in ("hola", "hola", "sí", "sí", "¿es un mensaje automático?", "cuánto debo"):
        conversation_id = await world.someone_writes(words)
        await world.turns.reply_to(conversation_id)
        world.clock.advance(seconds=1)
    assert len(world.engine.asked) == 6


async def test_b13_the_word_for_silence_is_heard_however_often_it_comes(world: World) -> None:
    await world.someone_writes(MACHINES[0])
    conversation_id = await world.someone_writes("BAJA")
    assert (await world.point_of(conversation_id)).state is ContactState.OPTED_OUT


@pytest.mark.parametrize("kind", ["unsupported", "sticker", "location", "contact", "audio"])
async def test_b33_what_cannot_be_read_gets_one_sentence(world: World, kind: str) -> None:
    media = (ReceivedMedia(kind, "", ""),)
    conversation_id = await world.someone_writes("", media=media)
    await world.someone_writes("", media=media)
    await world.turns.reply_to(conversation_id)
    assert [each.text for each in await world.said(conversation_id)] == [notice("unreadable")]
    assert world.engine.asked == []
    assert len(await world.messages(conversation_id, Direction.IN)) == 2
    # and after something else was said, it is said again
    await world.someone_writes("hola")
    await world.turns.reply_to(conversation_id)
    await world.someone_writes("", media=media)
    assert len(await world.said(conversation_id)) == 3


async def test_b39_a_photo_is_a_receipt_for_the_words_beside_and_after_it(world: World) -> None:
    photo = (ReceivedMedia("image", "image/jpeg", "https://media.example/1"),)
    for number, media in enumerate((photo, (ReceivedMedia("document", "application/pdf", "x"),))):
        address = f"+5198765432{number}"
        conversation_id = await world.someone_writes(
            "ya pagué ayer 120.50, aquí está", media=media, address=address
        )
        await world.turns.reply_to(conversation_id)
        assert world.engine.asked[-1].facts["receipt"] is True
    conversation_id = await world.someone_writes("", media=photo, address="+51987654329")
    await world.turns.reply_to(conversation_id)
    await world.someone_writes("ya pagué ayer 120.50", address="+51987654329")
    await world.turns.reply_to(conversation_id)
    assert [asked.intent for asked in world.engine.asked[-2:]] == ["media_received", None]
    assert world.engine.asked[-1].facts["receipt"] is True
    # but an hour later it proves nothing any more
    world.clock.advance(hours=2)
    await world.someone_writes("ya pagué", address="+51987654329")
    await world.turns.reply_to(conversation_id)
    assert world.engine.asked[-1].facts["receipt"] is False


DANGER = (
    "Ya no aguanto más esta deuda, esta noche me voy a matar y se acabó todo",
    "Si vuelven a llamar a mi madre voy a su oficina con la escopeta y los recibo a tiros",
    "kiero acabar con mi bida, ya no le encuentro sentido a nada de esto señorita",
    "No sé qué hacer, tengo las pastillas en la mano y nadie me contesta el teléfono hoy",
)


@pytest.mark.parametrize("words", DANGER)
async def test_danger_is_heard_however_it_is_said(world: World, words: str) -> None:
    # given somebody in danger who sends the same again and again, at once after our answers
    conversation_id = await world.someone_writes(words)
    await world.turns.reply_to(conversation_id)
    for _ in range(2):
        world.clock.advance(seconds=1)
        await world.someone_writes(words)
        await world.turns.reply_to(conversation_id)
    # then the engine, which knows what to do, has heard it each time
    assert [asked.text for asked in world.engine.asked] == [words] * 3
    # and a machine that goes on with it comes to an end
    for _ in range(20):
        world.clock.advance(seconds=1)
        await world.someone_writes(words)
        await world.turns.reply_to(conversation_id)
    assert len(world.engine.asked) == 3


@pytest.mark.parametrize("words", DANGER)
def test_danger_is_heard_whatever_it_looks_like(words: str) -> None:
    opening = [Line(NOW, "Hola, le escribo por un asunto personal", True, is_opening=True)]
    # pasted sooner after our opening than anybody types, or beside words of machines
    assert not is_machine(words, NOW, opening)
    assert not is_machine(f"{words}. Mensaje automático, no responda.", NOW, [])


def test_nearly_all_that_the_engine_learns_danger_by_may_be_danger() -> None:
    learnt = utterances("distress")["threat_of_harm"]
    heard = [each for each in learnt if may_speak_of_danger(each)]
    assert len(heard) / len(learnt) > 0.95
    others = [each for topic in TOPICS for intent, lines in utterances(topic).items()
              for each in lines if intent != "threat_of_harm"]  # fmt: skip
    assert sum(map(may_speak_of_danger, others)) / len(others) < 0.06


def test_no_phrase_of_a_machine_speaks_of_danger() -> None:
    assert [each for each in MACHINES if may_speak_of_danger(each)] == []


@pytest.mark.parametrize(
    "words",
    [
        "me llegó un mensaje automático de ustedes, ¿qué es?",
        "¿esto es un mensaje automático?",
        "estoy manejando, te respondo luego",
        "no me manden más mensajes automáticos",
        "ahora no estoy disponible",
    ],
)
def test_who_speaks_of_machines_or_is_busy_is_a_person(words: str) -> None:
    assert not is_machine(words, NOW, [])


async def test_who_sends_our_own_words_back_is_a_machine(world: World) -> None:
    # given an engine that says something else each time, and a machine that repeats it
    talk = await world.someone_writes("hola")
    await world.turns.reply_to(talk)
    world.engine.says("Le escribo por un asunto personal, ¿hablo con la persona de este número?")
    await world.someone_writes("otra vez hola")
    await world.turns.reply_to(talk)
    for _ in range(6):
        world.clock.advance(seconds=20)
        await world.someone_writes((await world.said(talk))[-1].text)
        await world.turns.reply_to(talk)
    # then it had one answer more, and the engine was not asked again
    assert len(world.engine.asked) == 2
    assert [each.text for each in await world.said(talk)][2:] == [notice("automatic_answer")]
