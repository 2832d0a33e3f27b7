"""A portfolio is taken over row by row, and again without doubling anything."""

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
        (a_portfolio(a_debtor_row(country="XX")), [("d-1", "country")]),
        (a_portfolio(a_debtor_row(timezone="Mars/Phobos")), [("d-1", "timezone")]),
        (a_portfolio(a_debtor_row(name="")), [("d-1", "name")]),
        (a_portfolio(a_debtor_row(name="Ana\x00")), [("d-1", "name")]),
        (a_portfolio(a_debtor_row(name="\u202e\u200b")), [("d-1", "name")]),
        (a_portfolio(a_debtor_row(shoe_size=37)), [("d-1", "shoe_size")]),
        (a_portfolio(a_debtor_row(birth_date="1990-02-30")), [("d-1", "birth_date")]),
        (a_portfolio(a_debtor_row(birth_date="0001-01-01")), [("d-1", "birth_date")]),
        (a_portfolio(a_debtor_row(document="1-2-")), [("d-1", "document")]),
        (a_portfolio(a_debtor_row(contacts={})), [("d-1", "contacts")]),
        (a_portfolio(a_debtor_row(debts=7)), [("d-1", "debts")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(creditor="nobody")])),
         [("d-1-a", "creditor")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(balance="-1")])),
         [("d-1", "debts.0.balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(balance="NaN")])),
         [("d-1", "debts.0.balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(balance="320.505")])),
         [("d-1-a", "balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(balance="9" * 15)])),
         [("d-1", "debts.0.balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(overdue="320.51")])),
         [("d-1-a", "balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(interest="320.00", fees="1.00")])),
         [("d-1-a", "balance")]),
        (a_portfolio(a_debtor_row(debts=[a_debt_row(), a_debt_row()])),
         [("d-1-a", "id"), ("d-1-a", "id")]),
        (a_portfolio(a_debtor_row(), a_debtor_row(name="Luis")), [("d-1", "id"), ("d-1", "id")]),
        (a_portfolio(creditors=[a_creditor_row(policy={"promise": {"max_days": -1}})]),
         [("luz-norte", "policy.promise.max_days"), ("d-1-a", "creditor")]),
        ({**a_portfolio(), "as_of": "ayer"}, [("", "as_of")]),
        ({**a_portfolio(), "as_of": "2026-11-24T10:00:00"}, [("", "as_of")]),
    ],
)  # fmt: skip
async def test_a_file_of_which_no_debtor_fits_is_refused_and_each_error_named(
    world: World, portfolio: object, errors: list[tuple[str, str]]
) -> None:
    assert await rejected(world, portfolio) == errors


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        (a_debtor_row(id="d-2", country="XX", debts=[]), [("d-2", "country")]),
        (a_debtor_row(id="d-2", debts=[a_debt_row(id="x", overdue="999")]), [("x", "balance")]),
        ("Ana", [("?", "")]),
        (None, [("?", "")]),
        ([[[[]]]], [("?", "")]),
        ({"id": {"id": {}}}, [("?", "id"), ("?", "name"), ("?", "country"), ("?", "timezone")]),
    ],
)
async def test_one_wrong_row_is_not_the_file(
    world: World, wrong: Any, errors: list[tuple[str, str]]
) -> None:
    # given a file of many people, one of whom is wrong
    right = [a_debtor_row(id=f"r-{n}", contacts=[], debts=[a_debt_row(id=f"r-{n}-a")])
             for n in range(20)]  # fmt: skip
    report = await world.portfolio.take_over(a_portfolio(*right[:10], wrong, *right[10:]))
    # then the others are taken, and that one is told
    assert [(each.row, each.field) for each in report.errors] == errors
    assert (report.debtors, report.debts) == (20, 20)
    assert len(await world.rows(Debtor)) == 20


@pytest.mark.parametrize("address", ["no number", "987654321.0", "9.8E+08", "'987654321", "12345"])
async def test_a_wrong_number_keeps_neither_its_person_nor_their_debts_out(
    world: World, address: str
) -> None:
    contacts = [
        {"channel": "whatsapp", "address": address},
        {"channel": "fax", "address": "12345"},
        {"channel": "voice", "address": "987 654 321"},
    ]
    report = await world.portfolio.take_over(a_portfolio(a_debtor_row(contacts=contacts)))
    assert [each.field for each in report.errors] == ["contacts.address", "contacts.1.channel"]
    (point,), (debt,) = await world.rows(ContactPoint), await world.rows(Debt)
    assert (point.address, debt.balance_minor) == ("+51987654321", 32050)


async def test_a_row_that_is_there_twice_is_one_row(world: World) -> None:
    report = await world.portfolio.take_over(
        a_portfolio(a_debtor_row(), a_debtor_row(), creditors=[a_creditor_row()] * 2)
    )
    assert (report.errors, report.debtors, report.creditors) == ([], 1, 1)


async def test_so_many_errors_are_counted_and_not_listed(world: World) -> None:
    report = await world.portfolio.take_over(a_portfolio(a_debtor_row(), *[0] * 20_000))
    assert (report.debtors, len(report.errors), report.errors_left_out) == (1, 1000, 19_000)


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
    report = await world.portfolio.take_over(a_portfolio(thief))
    assert [(each.row, each.field) for each in report.errors] == [("d-1-a", "id")]
    (debt,) = await world.rows(Debt)
    (owner,) = await world.rows(Debtor, Debtor.id == debt.debtor_id)
    assert owner.external_id == "d-1"


@pytest.mark.parametrize(
    "name", ["FAC/2026/0012", "0001 0234", "A&B-7", "CLI/0001", "ñandú №7", "x" * 64, "%2F?#\"'<>"]
)
async def test_others_identifiers_are_any_printable_text(world: World, name: str) -> None:
    row = a_debtor_row(id=name, debts=[a_debt_row(id=name, creditor=name)])
    report = await world.portfolio.take_over(a_portfolio(row, creditors=[a_creditor_row(id=name)]))
    assert report.errors == []
    assert (await world.debtor_files.as_json(name))["debts"][0]["external_id"] == name


@pytest.mark.parametrize("name", ["", "x" * 65, "a\nb", "a\x00", "\u202eabc", "a\tb"])
async def test_an_identifier_that_cannot_be_seen_is_none(world: World, name: str) -> None:
    errors = await rejected(world, a_portfolio(a_debtor_row(id=name)))
    assert {field for _, field in errors} == {"id"}


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
