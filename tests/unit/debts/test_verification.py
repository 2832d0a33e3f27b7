"""Who may be believed: what proves, and who can make a VerifiedParty."""

import copy
import dataclasses
from datetime import date, timedelta
from uuid import uuid4

import pytest

from acuerdo.debts.verification import (
    Secrets,
    VerifiedParty,
    normal_document,
    proves,
    verified_party,
)
from acuerdo.platform.errors import IdentityNotVerified
from acuerdo.values.channels import Channel
from tests.builders import a_party
from tests.clock import NOW

ANA = Secrets(document="4567-1234", birth_date=date(1990, 3, 2))
CURP = Secrets(document="FOLA900302MDFLRN09", birth_date=None)
ACCOUNTS = Secrets(None, None, ("FAC/2026/0012345", "a-B77X"))
NOTHING = Secrets(document=None, birth_date=None)


@pytest.mark.parametrize(
    ("factor", "answer", "secrets", "proven"),
    [
        ("document_last4", "1234", ANA, True),
        ("document_last4", "12-34", ANA, True),
        ("document_last4", "45671234", ANA, True),
        ("document_last4", "4567-1234", ANA, True),
        ("document_last4", "234", ANA, False),
        ("document_last4", "71234", ANA, False),
        ("document_last4", "4567", ANA, False),
        ("document_last4", "", ANA, False),
        ("document_last4", "----", ANA, False),
        ("document_last4", "rn09", CURP, True),
        ("document_last4", "RN09", CURP, True),
        ("document_last4", "fola900302mdflrn09", CURP, True),
        ("document_last4", "", NOTHING, False),
        ("account_last4", "2345", ACCOUNTS, True),
        ("account_last4", "fac20260012345", ACCOUNTS, True),
        ("account_last4", "b77x", ACCOUNTS, True),
        ("account_last4", "345", ACCOUNTS, False),
        ("account_last4", "", Secrets(None, None, ("",)), False),
        ("document_last4", "123", Secrets("1-23", None), False),
        ("document", "45671234", ANA, True),
        ("document", "4567 1234", ANA, True),
        ("document", "1234", ANA, False),
        ("document", "", NOTHING, False),
        ("birth_date", "1990-03-02", ANA, True),
        ("birth_date", "1990-02-03", ANA, False),
        ("birth_date", "02/03/1990", ANA, False),
        ("birth_date", "", NOTHING, False),
        ("birth_date", "None", NOTHING, False),
        ("eye_colour", "1234", ANA, False),
    ],
)
def test_only_the_right_answer_proves(
    factor: str, answer: str, secrets: Secrets, proven: bool
) -> None:
    assert proves(factor, answer, secrets) is proven


@pytest.mark.parametrize(
    ("document", "normal"),
    [("45.671.234-K", "45671234K"), (" 12 345 ", "12345"), ("", ""), ("ab-1", "AB1")],
)
def test_documents_are_compared_without_their_marks(document: str, normal: str) -> None:
    assert normal_document(document) == normal


@pytest.mark.parametrize(
    ("known", "until_seconds", "proven"),
    [(True, 1, True), (True, 0, False), (True, -1, False), (True, None, False), (False, 1, False)],
)
def test_a_proof_is_good_until_its_time_is_over(
    known: bool, until_seconds: int | None, proven: bool
) -> None:
    def party() -> VerifiedParty:
        return verified_party(
            debtor_id=uuid4() if known else None,
            conversation_id=uuid4(),
            channel=Channel.WHATSAPP,
            turn_id=None,
            verified_until_at=None
            if until_seconds is None
            else NOW + timedelta(seconds=until_seconds),
            now=NOW,
        )

    if proven:
        assert party().channel is Channel.WHATSAPP
    else:
        with pytest.raises(IdentityNotVerified):
            party()


def test_nobody_else_can_make_a_verified_party() -> None:
    with pytest.raises(TypeError):
        VerifiedParty(uuid4(), uuid4(), Channel.WHATSAPP, None, object())
    with pytest.raises(TypeError):
        VerifiedParty(uuid4(), uuid4(), Channel.WHATSAPP, None)  # type: ignore[call-arg]


def test_a_proof_for_one_person_cannot_be_turned_into_one_for_another() -> None:
    # given somebody who has proven who they are
    party = a_party()
    # when their proof is copied with another person in it
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(party, debtor_id=uuid4())
    # then there is none, and the proof itself does not change
    with pytest.raises(dataclasses.FrozenInstanceError):
        party.debtor_id = uuid4()  # type: ignore[misc]
    assert copy.copy(party) == party
