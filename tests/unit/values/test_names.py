"""How people are called, out of what files write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.values.names import full_name, given_name

CALLED = [
    ("QUISPE MAMANI, JOSÉ LUIS", "José", "José Luis Quispe Mamani"),
    ("DE LA CRUZ MAMANI, ROSA", "Rosa", "Rosa de la Cruz Mamani"),
    ("Sr. Luis Paz", "Luis", "Luis Paz"),
    ("Dra. María del Carmen Ruiz", "María", "María del Carmen Ruiz"),
    ("D. José Ruiz", "José", "José Ruiz"),
    ("Ana Flores", "Ana", "Ana Flores"),
    ("JUAN CARLOS PÉREZ GÓMEZ", "Juan", "Juan Carlos Pérez Gómez"),
    ("juan perez", "Juan", "Juan Perez"),
    ("J. Carlos Pérez", "Carlos", "J. Carlos Pérez"),
    ("Ma. Elena Ruiz", "María", "Ma. Elena Ruiz"),
    ("O'HIGGINS, BERNARDO", "Bernardo", "Bernardo O'Higgins"),
    ("PÉREZ, Lic. JUAN", "Juan", "Juan Pérez"),
    ("VDA. DE SOTO, ELENA", "Elena", "Elena vda. de Soto"),
    ("Sánchez-Ruiz, María-José", "María-José", "María-José Sánchez-Ruiz"),
    ("Juan Pérez, Jr.", "Juan", "Juan Pérez"),
    ("  Ana\t Flores ", "Ana", "Ana Flores"),
    ("NEEMÍAS, YERSON", "Yerson", "Yerson Neemías"),
    ("Santiago Pérez", "Santiago", "Santiago Pérez"),
    ("ÑAUPARI, ÍTALO", "Ítalo", "Ítalo Ñaupari"),
]
# In doubt nobody is called by a name: a surname said for a given one is worse than none.
IN_DOUBT = [
    "PÉREZ GÓMEZ JUAN CARLOS",
    "Pérez Gómez Juan Carlos",
    "MARTÍNEZ JUAN",
    "DE LA CRUZ ROSA",
    "SANTIAGO PÉREZ JUAN",
    "CRUZ ROSA ELENA",
    "Yerson Mamani",
    "Sr. Paz",
    "Comercial Andina S.A.C.",
    "Inversiones Rosa, S.A.",
    "Juan Pérez y/o Rosa Soto",
    "{name}",
    "123",
    "",
    "  ",
    "Pérez, Soto, Juan",
    ".",
    "Sr.",
]


@pytest.mark.parametrize(("name", "given", "full"), CALLED)
def test_people_are_called_by_their_given_name(name: str, given: str, full: str) -> None:
    assert (given_name(name), full_name(name)) == (given, full)


@pytest.mark.parametrize("name", IN_DOUBT)
def test_in_doubt_nobody_is_called_by_a_name(name: str) -> None:
    assert given_name(name) == ""


@given(st.text(max_size=80))
def test_any_text_has_an_answer_of_one_word(name: str) -> None:
    assert len(given_name(name).split()) <= 1
    full_name(name)


@given(st.sampled_from([name for name, *_ in CALLED] + IN_DOUBT))
def test_a_name_that_was_put_right_stays_so(name: str) -> None:
    assert full_name(full_name(name)) == full_name(name)
