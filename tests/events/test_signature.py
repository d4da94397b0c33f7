"""What a signature says, and the bytes that are signed."""

import base64
import json

import pytest
from pydantic import ValidationError

from events.signature import DOMAIN, KeyRegistered, SignatureRecorded, fingerprint_of, signed_message
from events.vocabulary import Signed

KEY = base64.b64encode(bytes(32)).decode()
AT, DIGEST = "2024-03-01T01:00:00.000000Z", f"sha256:{'0' * 64}"


def key(public_key: str) -> KeyRegistered:
    return KeyRegistered.model_validate_json(
        json.dumps({"effective_on": "2024-03-01", "officer": "王会计", "public_key": public_key})
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "AAAA",
        base64.b64encode(bytes(33)).decode(),
        KEY + "\n",
        KEY.rstrip("="),
        KEY[:-2] + "B=",  # other bits behind the last byte: the same bytes, written in a second way
        "啊",
    ],
)
def test_a_public_key_is_32_bytes_in_the_one_way_base64_writes_them(text: str):
    with pytest.raises(ValidationError):
        key(text)


def test_a_key_is_named_by_the_digest_of_its_bytes():
    zeros = "sha256:66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
    assert key(KEY).fingerprint == fingerprint_of(KEY) == zeros


def test_the_message_is_what_it_has_always_been():
    assert signed_message("101", Signed.LEDGER, None, AT, DIGEST) == (
        f'["budget-ledger signature 1","101","ledger","","{AT}","{DIGEST}"]'.encode()
    )
    told = json.loads(signed_message("101", Signed.PUBLICATION, "101/2024/3", AT, DIGEST))
    assert told == [DOMAIN, "101", "publication", "101/2024/3", AT, DIGEST]


@pytest.mark.parametrize("known_at", ["2024-03-01", "2024-03-01T01:00:00Z", "2024-03-01T01:00:00.000000+08:00"])
def test_an_instant_is_written_as_events_have_theirs(known_at: str):
    told = {
        "what": "ledger",
        "digest": DIGEST,
        "fingerprint": DIGEST,
        "signature": base64.b64encode(bytes(64)).decode(),
    }
    whole = {"effective_on": "2024-03-01", "known_at": AT, **told}
    assert SignatureRecorded.model_validate_json(json.dumps(whole)).known_at == AT
    with pytest.raises(ValidationError):
        SignatureRecorded.model_validate_json(json.dumps(whole | {"known_at": known_at}))
