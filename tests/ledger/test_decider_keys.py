"""Keys and signatures: in the unit's own stream, a key once, and only one that counts signs."""

import base64
from datetime import date, timedelta

import pytest
from budget_words import registered, reverse
from decider_story import given

from events.model import Value
from events.signature import KeyRegistered, KeyRevoked, SignatureRecorded, fingerprint_of
from events.vocabulary import Signed
from ledger.deciding.signature import RecordSignature, RegisterKey, RevokeKey

UNIT = "101"
DAY = date(2024, 3, 1)
KEY, OTHER_KEY = (base64.b64encode(bytes([number] * 32)).decode() for number in (1, 2))
SIGNATURE = {
    "effective_on": DAY,
    "known_at": "2024-03-01T01:00:00.000000Z",
    "digest": f"sha256:{'0' * 64}",
    "signature": base64.b64encode(bytes(64)).decode(),
}


def register_key(key: str = KEY) -> RegisterKey:
    return RegisterKey(effective_on=DAY, officer="王会计", public_key=key)


def revoke_key(key: str = KEY) -> RevokeKey:
    return RevokeKey(effective_on=DAY, fingerprint=fingerprint_of(key), reason="离任")


def sign(key: str = KEY, what: Signed = Signed.LEDGER, publication: str | None = None) -> RecordSignature:
    return RecordSignature(**SIGNATURE, what=what, publication=publication, fingerprint=fingerprint_of(key))


def key_registered(key: str = KEY) -> KeyRegistered:
    return KeyRegistered(effective_on=DAY, officer="王会计", public_key=key)


def key_revoked() -> KeyRevoked:
    return KeyRevoked(effective_on=DAY, fingerprint=fingerprint_of(KEY), reason="离任")


def signed() -> SignatureRecorded:
    return SignatureRecorded(**SIGNATURE, what=Signed.LEDGER, fingerprint=fingerprint_of(KEY))


def test_a_key_is_registered():
    given(registered(), stream=UNIT).when(register_key()).then(key_registered())


def test_a_key_is_registered_once():
    given(key_registered(), stream=UNIT).when(register_key()).refused("这把公钥已登记（事件 101/1，王会计）")


def test_a_key_that_was_revoked_is_not_registered_again():
    given(key_registered(), key_revoked(), stream=UNIT).when(register_key()).refused("这把公钥已登记")


def test_an_officer_may_have_a_second_key():
    given(key_registered(), stream=UNIT).when(register_key(OTHER_KEY)).then(key_registered(OTHER_KEY))


def test_a_key_is_revoked_once():
    given(key_registered(), stream=UNIT).when(revoke_key()).then(key_revoked())
    given(key_registered(), key_revoked(), stream=UNIT).when(revoke_key()).refused("起已停用（事件 101/2）")


def test_a_key_that_was_revoked_is_revoked_again_from_an_earlier_day():
    earlier = {"effective_on": DAY - timedelta(days=1), "reason": "此前已失窃"}
    given(key_registered(), key_revoked(), stream=UNIT).when(revoke_key().model_copy(update=earlier)).then(
        key_revoked().model_copy(update=earlier)
    )


def test_a_key_nobody_registered_is_not_revoked():
    given(registered(), stream=UNIT).when(revoke_key()).refused("没有在 101 登记")


def test_a_registered_key_signs():
    given(key_registered(), stream=UNIT).when(sign()).then(signed())


def test_a_key_nobody_registered_does_not_sign():
    given(key_registered(), stream=UNIT).when(sign(OTHER_KEY)).refused(fingerprint_of(OTHER_KEY), "没有在 101 登记")


def test_a_revoked_key_does_not_sign():
    given(key_registered(), key_revoked(), stream=UNIT).when(sign()).refused("已停用（事件 101/2）")


@pytest.mark.parametrize(("what", "publication"), [(Signed.LEDGER, "101/2024/3"), (Signed.PUBLICATION, None)])
def test_a_publication_is_named_where_one_is_signed_and_nowhere_else(what: Signed, publication: str | None):
    given(key_registered(), stream=UNIT).when(sign(what=what, publication=publication)).refused("签名公开件时")


@pytest.mark.parametrize("intent", [register_key(), revoke_key(), sign()], ids=lambda intent: type(intent).__name__)
def test_a_year_takes_nothing_of_it(intent: Value):
    given().when(intent).refused("101/2024 不能记录")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_none_of_it_is_reversed(number: int):
    happened = given(key_registered(), signed(), key_revoked(), stream=UNIT)
    happened.when(reverse(f"101/{number}")).refused("属于不能冲销的类型")
