"""A portfolio is taken over as a whole or not at all, and again without doubling anything."""

from dataclasses import replace
from typing import Any

import pytest

from acuerdo.contact.models import ContactPoint, ContactState
from acuerdo.debts.models import Creditor, Debt, Debtor, DebtStatus
from acuerdo.platform.db.types import Vault
from acuerdo.portfolio.importer import Rejected
from tests.builders import VAULT
from tests.integration.portfolio.files import (
    a_creditor_row,
    a_debt_row,
    a_debtor_row,
    a_portfolio,
)
from tests.integration.world import World


async def rejected(world: World, portfolio: object) -> list[tuple[str, str]]:
    """The rows and fields that kept a portfolio from being taken over."""
    with pytest.raises(Rejected) as refused:
        await world.portfolio.take_over(portfolio)
    for kind in (Creditor, Debtor, Debt, ContactPoint):
        assert await world.rows(kind) == [], "something was half imported"
    report = refused.value.report
    return [(each.row, each.field) for each in report.errors]


async def test_a_portfolio_is_taken_over(world: World) -> None:
    report = await world.portfolio.take_over(a_portfolio())
    assert report.as_json() == {
        "creditors": 1,
        "debtors": 1,
        "contacts": 1,
        "debts": 1,
        "errors": [],
    }
    (debt,) = await world.rows(Debt)
    assert (debt.balance_minor, debt.overdue_minor, debt.interest_minor) == (32050, 12050, 1000)
    assert (debt.fees_minor, debt.status) == (500, DebtStatus.OPEN)
    (debtor,) = await world.rows(Debtor)
    assert b"4567" not in debtor.document_encrypted
    assert VAULT.decrypt(debtor.document_encrypted) == "4567-1234"
    assert debtor.document_lookup == VAULT.lookup("45671234")
    assert VAULT.decrypt(debtor.birth_date_encrypted) == "1990-03-02"


async def test_taking_it_over_again_changes_what_has_changed_and_doubles_nothing(
    world: World,
) -> None:
    await world.portfolio.take_over(a_portfolio())
    changed = a_debtor_row(name="Ana María Flores", debts=[a_debt_row(balance="500.00")])
    await world.portfolio.take_over(a_portfolio(changed))
    (debtor,), (debt,) = await world.rows(Debtor), await world.rows(Debt)
    assert (debtor.name, debt.balance_minor) == ("Ana María Flores", 50000)
    assert len(await world.rows(ContactPoint)) == len(await world.rows(Creditor)) == 1


@pytest.mark.parametrize(
    ("portfolio", "errors"),
    [
        ([], [("", "")]),
        ("text", [("", "")]),
        (None, [("", "")]),
        ({"creditors": {}, "debtors": 1}, [("", "creditors"), ("", "debtors")]),
        ({"debtor": []}, [("", "debtor")]),
        ({"debtors": ["Ana"]}, [("?", "")]),
        (a_portfolio(a_debtor_row(), a_debtor_row(id="d-2", country="XX", debts=[])),
         [("d-2", "country")]),
        (a_portfolio(a_debtor_row(timezone="Mars/Phobos")), [("d-1", "timezone")]),
        (a_portfolio(a_debtor_row(name="")), [("d-1", "name")]),
        (a_portfolio(a_debtor_row(name="Ana\x00")), [("d-1", "name")]),
        (a_portfolio(a_debtor_row(shoe_size=37)), [("d-1", "shoe_size")]),
        (a_portfolio(a_debtor_row(birth_date="1990-02-30")), [("d-1", "birth_date")]),
        (a_portfolio(a_debtor_row(document="1-2-")), [("d-1", "document")]),
        (a_portfolio(a_debtor_row(contacts=[{"channel": "fax", "address": "12345"}])),
         [("d-1", "contacts.0.channel")]),
        (a_portfolio(a_debtor_row(contacts=[{"channel": "whatsapp", "address": "12345"}])),
         [("d-1", "contacts.address")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(creditor="nobody")])),
         [("d-1-a", "creditor")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(balance="-1")])),
         [("d-1", "debts.0.balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(balance="NaN")])),
         [("d-1", "debts.0.balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(balance="320.505")])),
         [("d-1-a", "balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(overdue="320.51")])),
         [("d-1-a", "balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(interest="320.00", fees="1.00")])),
         [("d-1-a", "balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(), a_debt_row()])), [("d-1", "id")]),
        (a_portfolio(a_debtor_row(), a_debtor_row(debts=[])), [("d-1", "id")]),
        (a_portfolio(creditors=[a_creditor_row(), a_creditor_row()]), [("luz-norte", "id")]),
        (a_portfolio(creditors=[a_creditor_row(policy={"promise": {"max_days": -1}})]),
         [("luz-norte", "policy.promise.max_days"), ("d-1-a", "creditor")]),
    ],
)  # fmt: skip
async def test_one_wrong_row_keeps_all_of_it_out_and_is_named(
    world: World, portfolio: object, errors: list[tuple[str, str]]
) -> None:
    assert await rejected(world, portfolio) == errors


async def test_every_error_is_named_at_once(world: World) -> None:
    portfolio = a_portfolio(
        a_debtor_row(id="d-1", country="XX"),
        a_debtor_row(id="d-2", debts=[a_debt_row(id="d-2-a", creditor="nobody")]),
        a_debtor_row(id="d-3", debts=[], timezone="x"),
    )
    assert {row for row, _ in await rejected(world, portfolio)} == {"d-1", "d-2-a", "d-3"}


async def test_a_refusal_quotes_nothing_of_a_person(world: World) -> None:
    portfolio = a_portfolio(a_debtor_row(birth_date="2 de marzo", document="1-2-"))
    with pytest.raises(Rejected) as refused:
        await world.portfolio.take_over(portfolio)
    said = str(refused.value.report.as_json()) + str(refused.value)
    for personal in ("Ana", "2 de marzo", "1-2-", "987654321"):
        assert personal not in said


async def test_an_error_found_late_undoes_what_came_before(world: World) -> None:
    # given a first row that is right and a last one whose number is none
    wrong = a_debtor_row(
        id="d-2", debts=[], contacts=[{"channel": "whatsapp", "address": "no number"}]
    )
    assert await rejected(world, a_portfolio(a_debtor_row(), wrong)) == [
        ("d-2", "contacts.address")
    ]


@pytest.mark.parametrize("state", [ContactState.OPTED_OUT, ContactState.WRONG_PERSON])
async def test_what_a_person_asked_for_survives_every_import(
    world: World, state: ContactState
) -> None:
    await world.portfolio.take_over(a_portfolio())
    conversation_id = await world.someone_writes()
    if state is ContactState.OPTED_OUT:
        await world.opt_outs.opt_out(conversation_id, "no me escriban más")
    else:
        await world.addressees.wrong_person(conversation_id)
    (before,) = await world.rows(ContactPoint)
    for _ in range(2):
        await world.portfolio.take_over(a_portfolio())
    (point,) = await world.rows(ContactPoint)
    assert (point.state, point.consent) == (state, before.consent)


async def test_an_import_brings_consent_and_never_takes_it(world: World) -> None:
    def with_consent(consent: bool) -> dict[str, Any]:
        contact = {"channel": "whatsapp", "address": "+51987654321", "consent": consent}
        return a_portfolio(a_debtor_row(contacts=[contact]))

    for consent, expected in ((False, False), (True, True), (False, True)):
        await world.portfolio.take_over(with_consent(consent))
        (point,) = await world.rows(ContactPoint)
        assert point.consent is expected


async def test_a_number_that_wrote_before_its_owner_was_known_becomes_theirs(
    world: World,
) -> None:
    await world.someone_writes(address="+51987654321")
    await world.portfolio.take_over(a_portfolio())
    (point,), (debtor,) = await world.rows(ContactPoint), await world.rows(Debtor)
    assert point.debtor_id == debtor.id
    # also in the conversation that is going on
    conversation_id = await world.someone_writes(address="+51987654321")
    assert (await world.conversation(conversation_id)).debtor_id == debtor.id


async def test_an_address_of_somebody_else_is_not_moved_silently(world: World) -> None:
    await world.portfolio.take_over(a_portfolio())
    other = a_debtor_row(id="d-2", name="Luis Otro", debts=[])
    with pytest.raises(Rejected) as refused:
        await world.portfolio.take_over(a_portfolio(other))
    assert [(each.row, each.field) for each in refused.value.report.errors] == [
        ("d-2", "contacts.address")
    ]
    (debtor,) = await world.rows(Debtor)
    assert debtor.external_id == "d-1"


async def test_all_variants_of_a_number_are_one_contact(world: World) -> None:
    contacts = [
        {"channel": "whatsapp", "address": "+5215512345678"},
        {"channel": "whatsapp", "address": "55 1234 5678"},
    ]
    debtor = a_debtor_row(country="MX", timezone="America/Mexico_City", contacts=contacts)
    await world.portfolio.take_over(a_portfolio(debtor))
    (point,) = await world.rows(ContactPoint)
    assert point.address == "+525512345678"


async def test_a_debt_does_not_change_its_debtor(world: World) -> None:
    await world.portfolio.take_over(a_portfolio())
    thief = a_debtor_row(id="d-2", contacts=[], debts=[a_debt_row()])
    with pytest.raises(Rejected) as refused:
        await world.portfolio.take_over(a_portfolio(thief))
    assert refused.value.report.errors[0].row == "d-1-a"


async def test_a_debt_without_a_balance_is_paid(world: World) -> None:
    paid = a_debt_row(balance="0", overdue="0", interest="0", fees="0")
    await world.portfolio.take_over(a_portfolio(a_debtor_row(debts=[paid])))
    assert [debt.status for debt in await world.rows(Debt)] == [DebtStatus.PAID]


async def test_keys_are_rotated_without_losing_anybody(world: World) -> None:
    # given people under an old key
    await world.portfolio.take_over(a_portfolio())
    # when a new key is put before it and everything is encrypted again
    both, new = Vault(["a new key", "a key for tests"]), Vault(["a new key"])
    portfolio = replace(world.portfolio, vault=both)
    assert await portfolio.re_encrypt() == 1
    # then the new key is enough to read and to find them
    (debtor,) = await world.rows(Debtor)
    assert new.decrypt(debtor.document_encrypted) == "4567-1234"
    assert new.decrypt(debtor.birth_date_encrypted) == "1990-03-02"
    assert debtor.document_lookup == new.lookup("45671234")
