"""Somebody stops writing, and comes back: after a while they prove again who they are.

The product's clock is not to be moved; what was noted last is moved back instead.
"""

from tests.journeys.people import Debtor, Someone


def silent_for(debtor: Debtor, minutes: int) -> None:
    """So much time has gone by since the person and the product last wrote."""
    conversation = debtor.ledger.conversation()
    debtor.product.rows(
        "update conversation set last_activity_at = last_activity_at - make_interval(mins => %s),"
        " verified_until_at = verified_until_at - make_interval(mins => %s)"
        " where id = %s returning id",
        minutes,
        minutes,
        conversation["id"],
    )


def test_after_an_hour_what_was_proven_is_asked_again_and_the_question_answered(
    someone: Someone,
) -> None:
    ana = someone()
    ana.verified()
    silent_for(ana, minutes=60)
    # somebody else may hold the telephone by now
    ana.phone.says("y cuánto es lo que debo?", "Ana")
    ana.phone.never_heard(["320.50"])
    ana.phone.says("sí", "últimos 4")
    ana.phone.says(ana.last4, "quedó confirmado", "S/ 320.50")
    assert len(ana.ledger.file()["conversations"]) == 1


def test_a_late_yes_agrees_to_nothing_before_the_terms_were_read_again(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("puedo pagar 100 soles el viernes", "¿Lo confirmo?")
    silent_for(ana, minutes=60)
    ana.phone.says("sí", "¿Hablo con Ana?")
    ana.phone.says("sí", "últimos 4")
    ana.phone.says(ana.last4, "¿Le anoto entonces S/ 100.00 para el viernes 27 de noviembre")
    assert ana.ledger.promises() == []
    ana.phone.says("sí", "Anoté su compromiso")
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]


def test_after_days_it_is_a_new_talk_and_the_old_promise_stands(someone: Someone) -> None:
    ana = someone()
    ana.verified()
    ana.phone.says("puedo pagar 100 soles el viernes", "¿Lo confirmo?")
    ana.phone.says("sí", "Anoté su compromiso")
    silent_for(ana, minutes=3 * 24 * 60)
    ana.phone.says("hola", "¿Hablo con Ana")
    ana.phone.says("sí", "últimos 4")
    ana.phone.says(ana.last4, "quedó confirmado")
    talks = ana.ledger.file()["conversations"]
    assert sorted(each["outcome"] for each in talks) == ["no_outcome", "promise"]
    assert ana.ledger.promises() == [("100.00", "2026-11-27", "open")]
