"""Only Twilio can sign a webhook, with either of its two algorithms."""

import base64
import hmac
from hashlib import sha1, sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.providers.twilio import signature as signing
from acuerdo.providers.twilio.signature import (
    MAX_FIELDS,
    UnreadableForm,
    parse_form,
    signature_is_valid,
)

URL = "https://cobros.example/webhooks/twilio/whatsapp/status?message=1"
TOKEN = "an-auth-token"
SHARED = "a-shared-key"
FIELDS = [("To", "whatsapp:+15005550006"), ("Body", "¡Hola! ñandú 🙂"), ("Empty", "")]
SHA256_SETTINGS = "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"


def signed(
    fields: list[tuple[str, str]], secret: str, hash_name: str = "sha1", url: str = URL
) -> str:
    text = url + "".join(name + value for name, value in sorted(set(fields)))
    digest = hmac.new(secret.encode(), text.encode(), sha1 if hash_name == "sha1" else sha256)
    return base64.b64encode(digest.digest()).decode()


def is_valid(
    signature: str | None,
    settings: str | None = None,
    fields: list[tuple[str, str]] = FIELDS,
    url: str = URL,
    auth_token: str = TOKEN,
    signing_secret: str = SHARED,
) -> bool:
    return signature_is_valid(
        url, fields, signature, settings, auth_token=auth_token, signing_secret=signing_secret
    )


def test_both_algorithms_prove_the_sender() -> None:
    assert is_valid(signed(FIELDS, TOKEN))
    assert is_valid(signed(FIELDS, SHARED, "sha256"), SHA256_SETTINGS)


def test_the_auth_token_signs_sha256_where_no_shared_key_is_configured() -> None:
    signature = signed(FIELDS, TOKEN, "sha256")
    assert is_valid(signature, SHA256_SETTINGS, signing_secret="")
    assert not is_valid(signature, SHA256_SETTINGS)


def test_a_repeated_field_is_signed_with_all_its_values() -> None:
    fields = [("Event", "sent"), ("Event", "read"), *FIELDS]
    assert is_valid(signed(fields, TOKEN), fields=fields)
    assert not is_valid(signed(fields, TOKEN), fields=fields[1:])


@pytest.mark.parametrize("url", [URL, URL.replace(".example", ".example:443")])
def test_the_port_may_be_named_or_not(url: str) -> None:
    assert is_valid(signed(FIELDS, TOKEN, url=url))


@pytest.mark.parametrize(
    ("signature", "settings"),
    [
        (None, None),
        ("", None),
        ("ñ", None),
        (signed(FIELDS, "another"), None),
        (signed(FIELDS, TOKEN, "sha256"), None),
        (signed(FIELDS, TOKEN), SHA256_SETTINGS),
        (signed(FIELDS, TOKEN), "algorithm=HMAC_MD5"),
        (signed(FIELDS, SHARED), None),
    ],
)
def test_anything_else_proves_nothing(signature: str | None, settings: str | None) -> None:
    assert not is_valid(signature, settings)


def test_a_changed_field_or_url_breaks_the_signature() -> None:
    signature = signed(FIELDS, TOKEN)
    assert not is_valid(signature, fields=[*FIELDS, ("Extra", "1")])
    assert not is_valid(signature, fields=[("Body", "otro"), *FIELDS[:1]])
    assert not is_valid(signature, url=URL.replace("message=1", "message=2"))
    assert not is_valid(signature, url=URL.replace("cobros", "otro"))


def test_an_empty_secret_never_proves_anything() -> None:
    assert not is_valid(signed(FIELDS, ""), auth_token="")
    assert not is_valid(
        signed(FIELDS, "", "sha256"), SHA256_SETTINGS, auth_token="", signing_secret=""
    )


@given(
    st.text(),
    st.lists(st.tuples(st.text(), st.text())),
    st.none() | st.text(),
    st.none() | st.text() | st.just(SHA256_SETTINGS),
)
def test_nothing_makes_it_fail(
    url: str, fields: list[tuple[str, str]], signature: str | None, settings: str | None
) -> None:
    assert is_valid(signature, settings, fields, url) is False


@pytest.mark.parametrize("url", ["https://a:b:c/", "https://[::1", URL + "&bodySHA256=00"])
def test_a_strange_url_proves_nothing(url: str) -> None:
    assert not is_valid("c2lnbmF0dXJl", url=url)


def test_text_that_cannot_be_encoded_proves_nothing() -> None:
    assert not is_valid("c2lnbmF0dXJl", fields=[("Body", "\ud800")])


class CountedForm(signing._Form):
    """A form that counts how many values were handed out, and how often it was asked."""

    asked = 0
    values = 0

    def getlist(self, name: str) -> list[str]:
        found = super().getlist(name)
        type(self).asked += 1
        type(self).values += len(found)
        return found


@pytest.mark.parametrize("count", [1, 20, 100, MAX_FIELDS])
@pytest.mark.parametrize("names", [1, 10, 10_000])
def test_c1_each_field_is_handled_a_fixed_number_of_times(
    count: int, names: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = [(f"name{number % names}", str(number)) for number in range(count)]
    monkeypatch.setattr(signing, "_Form", CountedForm)
    CountedForm.asked = CountedForm.values = 0

    assert is_valid(signed(fields, TOKEN), fields=fields)

    # the validator tries the address with and without its port
    assert CountedForm.asked == 2 * len({name for name, _ in fields})
    assert CountedForm.values == 2 * count


def test_c1_no_form_has_more_fields_than_the_limit() -> None:
    assert len(parse_form(b"&".join([b"a=1"] * MAX_FIELDS))) == MAX_FIELDS
    with pytest.raises(UnreadableForm):
        parse_form(b"&".join([b"a=1"] * (MAX_FIELDS + 1)))
    fields = [("a", str(number)) for number in range(MAX_FIELDS + 1)]
    assert not is_valid(signed(fields, TOKEN), fields=fields)
