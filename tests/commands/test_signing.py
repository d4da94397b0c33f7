"""Keys and signatures at the desk: made, registered, signed with, ended, and verified by an auditor."""

import json
import stat
import sys
from pathlib import Path

import pytest
from at_the_desk import Desk
from breaking import change, rewrite

from projections.evidence.keys import new_key

YEAR = ("--year", 2024)
NO_PASSPHRASE = "--no-passphrase"
PASSPHRASE = "海阔凭鱼跃"


@pytest.fixture
def key(sample: Desk, tmp_path: Path) -> Path:
    """An officer's key, registered on 1 March."""
    file = new(sample, tmp_path / "officer.pem")
    sample.does("key", "register", file, "--officer", "王会计")
    return file


def new(desk: Desk, file: Path) -> Path:
    desk.does("key", "new", file, NO_PASSPHRASE)
    return file


def fingerprint(desk: Desk) -> str:
    return desk.json("key", "list")[0]["fingerprint"]


def publish(desk: Desk, out: Path) -> str:
    return desk.json("publish", *YEAR, "--out", out, "--format", "json", "--force")["event_id"]


def signatures(desk: Desk, *arguments: object) -> list[tuple[str, str]]:
    """The verdict on every signature, and what is wrong with it."""
    found = json.loads(desk("verify", "--signatures", *arguments, "-O", "json").out)
    return [(one["verdict"], one["message"] or "") for one in found["signatures"]]


class TestKeys:
    def test_a_new_key_is_its_owners_alone_and_its_public_half_lies_beside_it(self, sample, tmp_path):
        answer = sample.does("key", "new", tmp_path / "k.pem", NO_PASSPHRASE)
        private, public = tmp_path / "k.pem", tmp_path / "k.pem.pub"
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
        assert private.read_text(encoding="ascii").startswith("-----BEGIN PRIVATE KEY-----")
        assert public.read_text(encoding="ascii").startswith("-----BEGIN PUBLIC KEY-----")
        sample.does("key", "register", public, "--officer", "王会计")
        assert fingerprint(sample) == answer.out.strip()

    @pytest.mark.parametrize("taken", ["k.pem", "k.pem.pub"])
    def test_a_key_never_takes_the_place_of_a_file(self, sample, tmp_path, taken):
        (tmp_path / taken).write_text("mine", encoding="ascii")
        answer = sample("key", "new", tmp_path / "k.pem", NO_PASSPHRASE)
        assert (answer.code, (tmp_path / taken).read_text(encoding="ascii")) == (2, "mine")

    def test_where_nobody_can_be_asked_for_a_passphrase_one_must_say_that_there_is_none(self, sample, tmp_path):
        answer = sample("key", "new", tmp_path / "k.pem")
        assert answer.code == 2
        assert NO_PASSPHRASE in answer.err
        assert not (tmp_path / "k.pem").exists()

    def test_a_passphrase_is_asked_for_where_somebody_sits(self, sample, tmp_path, monkeypatch):
        monkeypatch.setattr("commands.desk.key_files.is_attended", lambda: True)
        made = sample("key", "new", tmp_path / "k.pem", typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
        assert made.code == 0
        assert b"ENCRYPTED" in (tmp_path / "k.pem").read_bytes()
        sample.does("key", "register", tmp_path / "k.pem.pub", "--officer", "王会计")
        assert sample("sign", "--key", tmp_path / "k.pem", typed="错的\n").code == 2
        assert sample("sign", "--key", tmp_path / "k.pem", typed=f"{PASSPHRASE}\n").code == 0
        assert [verdict for verdict, _ in signatures(sample)] == ["holds"]

    def test_an_encrypted_key_is_no_use_where_nobody_can_be_asked(self, sample, tmp_path):
        (tmp_path / "k.pem").write_bytes(new_key(PASSPHRASE).private_pem)
        answer = sample("sign", "--key", tmp_path / "k.pem")
        assert answer.code == 2
        assert "有口令，而无人在场" in answer.err

    def test_only_the_public_half_reaches_the_ledger(self, sample, key):
        inside = key.read_text(encoding="ascii").splitlines()[1]
        sample.does("sign", "--key", key)
        assert inside.encode() not in sample.ledger.read_bytes()
        assert not any(inside[20:40] in payload for payload in sample.payloads)

    @pytest.mark.usefixtures("key")
    def test_the_list_says_whose_a_key_is_and_when_it_ended(self, sample):
        name = fingerprint(sample)
        assert sample.does("key", "list").out == f"{name}  王会计  2024-03-01\n"
        sample.does("key", "revoke", name.removeprefix("sha256:")[:8].upper(), "--reason", "离任")
        assert sample.does("key", "list").out == f"{name}  王会计  2024-03-01  停用于 2024-03-01\n"
        [told] = sample.json("key", "list")
        assert (told["officer"], told["revoked_on"]) == ("王会计", "2024-03-01")

    @pytest.mark.usefixtures("key")
    @pytest.mark.parametrize("text", ["abc", "00000000", ""])
    def test_a_key_that_is_not_recognised_is_answered_with_those_there_are(self, sample, text):
        answer = sample("key", "revoke", text, "--reason", "离任")
        assert answer.code == 2
        assert fingerprint(sample) in answer.err

    @pytest.mark.parametrize(
        "content", [b"", b"hello", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"]
    )
    def test_a_file_that_is_no_key_is_refused(self, sample, tmp_path, content):
        (tmp_path / "k.pem").write_bytes(content)
        assert sample("key", "register", tmp_path / "k.pem", "--officer", "王会计").code == 2
        assert sample("sign", "--key", tmp_path / "k.pem").code == 2

    def test_a_key_of_another_kind_is_refused(self, sample, tmp_path):
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        (tmp_path / "k.pem").write_bytes(X25519PrivateKey.generate().public_key().public_bytes(*form))
        assert "不是 Ed25519 密钥" in sample("key", "register", tmp_path / "k.pem", "--officer", "王会计").err


class TestSigning:
    def test_a_signature_to_the_ledger_holds_and_goes_on_holding(self, sample, key):
        sample.does("sign", "--key", key)
        answer = sample.does("verify", "--signatures")
        assert "签名有效：事件 101/5，王会计，至 2024-03-01T" in answer.out
        sample.at("2024-05-01T09:00:00+08:00").does("indicator", "一般公务用车", "--count", 3, *YEAR)
        sample.does("sign", "--key", key)
        assert signatures(sample) == [("holds", "")] * 2

    def test_a_signature_to_a_publication_holds(self, sample, key, tmp_path):
        published = publish(sample, tmp_path / "out")
        sample.does("sign", published, "--key", key)
        assert f"，公开 {published}，公钥 {fingerprint(sample)}" in sample.does("verify", "--signatures").out

    def test_a_publication_is_signed_once_by_a_key_however_often_one_asks(self, sample, key, tmp_path):
        published = publish(sample, tmp_path / "out")
        first, second = (sample.json("sign", published, "--key", key) for _ in range(2))
        assert (first["event_id"], second["repeated"]) == (second["event_id"], True)

    def test_a_retry_is_recognised_although_its_own_first_try_moved_the_ledger_on(self, sample, key):
        asked = ("sign", "--key", key, "--command-id", "s-1")
        first = sample.json(*asked)
        assert sample.json(*asked) == first | {"repeated": True}
        assert signatures(sample) == [("holds", "")]

    def test_a_publication_nobody_made_is_not_signed(self, sample, key):
        answer = sample("sign", "101/2024/1", "--key", key)
        assert (answer.code, "没有公开记录 101/2024/1" in answer.err) == (2, True)

    def test_a_key_that_is_not_registered_does_not_sign(self, sample, tmp_path):
        file = new(sample, tmp_path / "k.pem")
        answer = sample("sign", "--key", file)
        assert (answer.code, "没有在 101 登记" in answer.err) == (1, True)

    def test_a_public_key_does_not_sign(self, sample, key):
        assert "签名需要私钥文件" in sample("sign", "--key", key.with_name("officer.pem.pub")).err

    def test_a_broken_ledger_is_not_signed(self, sample, key):
        change(sample, "actor = '别人'", "101/2024/4")
        assert sample("sign", "--key", key).code == 4

    def test_a_trial_signs_nothing(self, sample, key):
        sample.does("sign", "--key", key, "--dry-run")
        assert signatures(sample) == []

    def test_the_signature_of_a_unit_does_not_cover_another(self, sample, key):
        sample.does("unit", "add", "102", "团委", "--effective-on", "2022-01-01")
        sample.does("sign", "--key", key, "--unit", 101)
        sample.does("unit", "describe", "--nature", "群众团体", "--unit", 102)
        assert signatures(sample) == [("holds", "")]


class TestVerifying:
    def test_a_ledger_without_signatures_says_so_plainly(self, sample):
        assert "账本里没有签名。" in sample.does("verify", "--signatures").out

    def test_a_rewrite_of_what_was_signed_breaks_the_signature_though_every_hash_fits(self, sample, key):
        sample.does("sign", "--key", key)
        rewrite(sample, "actor = '别人'", "101/2024/4")
        answer = sample("verify", "--signatures")
        assert answer.code == 4
        assert "101/5 所签的摘要与账本不符" in answer.err
        assert sample("verify").code == 0

    def test_a_rewritten_publication_breaks_its_signature(self, sample, key, tmp_path):
        published = publish(sample, tmp_path / "out")
        sample.does("sign", published, "--key", key)
        rewrite(sample, "actor = '别人'", published)
        assert signatures(sample) == [("broken", f"所签的公开 {published} 与账本中的不符。")]

    @pytest.mark.parametrize(
        ("edit", "told"),
        [
            ('payload = replace(payload, \'"signature":"\', \'"signature":"AAAA\')', None),
            (
                'payload = replace(payload, \'"what":"ledger"\', \'"what":"publication","publication":"101/2024/1"\')',
                "与公钥",
            ),
            ("payload = replace(payload, substr(payload, -20, 4), 'AAAA')", "与公钥"),
        ],
        ids=["too long", "another message", "another signature"],
    )
    def test_a_signature_that_was_tampered_with_does_not_hold(self, sample, key, edit, told):
        sample.does("sign", "--key", key)
        rewrite(sample, edit, "101/5")
        assert sample("verify", "--signatures").code == 4
        assert told is None or [told in words for _, words in signatures(sample)] == [True]

    def test_the_key_of_another_in_its_place_is_found(self, sample, key, tmp_path):
        sample.does("sign", "--key", key)
        mine, theirs = (sample.json("key", "list")[0]["public_key"], new(sample, tmp_path / "k.pem"))
        sample.does("key", "register", theirs, "--officer", "李会计")
        other = sample.json("key", "list")[1]["public_key"]
        rewrite(sample, f"payload = replace(payload, '{mine}', '{other}')", "101/4")
        assert [verdict for verdict, _ in signatures(sample)] == ["broken"]

    def test_what_was_signed_before_a_key_ended_still_holds_and_nothing_is_signed_after(self, sample, key):
        sample.does("sign", "--key", key)
        sample.does("key", "revoke", fingerprint(sample), "--reason", "离任")
        assert signatures(sample) == [("holds", "")]
        assert sample("sign", "--key", key).code == 1

    def test_what_was_signed_after_the_day_a_key_was_lost_no_longer_counts(self, sample, key):
        sample.does("sign", "--key", key)
        later = sample.at("2024-03-10T09:00:00+08:00")
        later.does("sign", "--key", key)
        lost = ("--reason", "遗失", "--effective-on", "2024-03-05")
        sample.at("2024-03-20T09:00:00+08:00").does("key", "revoke", fingerprint(sample), *lost)
        assert [verdict for verdict, _ in signatures(sample)] == ["holds", "broken"]

    def test_a_key_that_ended_turns_out_to_have_been_stolen_earlier(self, sample, key):
        sample.does("sign", "--key", key)
        later = sample.at("2024-03-10T09:00:00+08:00")
        later.does("sign", "--key", key)
        later.does("key", "revoke", fingerprint(sample), "--reason", "离任", "--effective-on", "2024-03-10")
        assert [verdict for verdict, _ in signatures(sample)] == ["holds", "holds"]
        later.does("key", "revoke", fingerprint(sample), "--reason", "此前已失窃", "--effective-on", "2024-03-05")
        assert [verdict for verdict, _ in signatures(sample)] == ["holds", "broken"]

    def test_only_the_auditors_own_copy_of_a_key_is_trusted(self, sample, key, tmp_path):
        sample.does("sign", "--key", key)
        other = new(sample, tmp_path / "k.pem")
        sample.does("key", "register", other, "--officer", "李会计")
        sample.does("sign", "--key", other)
        copy = key.with_name("officer.pem.pub")
        assert [verdict for verdict, _ in signatures(sample, "--key", copy)] == ["holds", "untrusted"]
        assert "签名相符，但公钥不在所信任的之内" in sample.does("verify", "--key", copy).out

    def test_it_is_a_finding_that_no_trusted_key_has_signed(self, sample, key):
        answer = sample("verify", "--key", key.with_name("officer.pem.pub"))
        assert answer.code == 4
        assert "没有一个有效的签名出自" in answer.err


def test_without_the_library_everything_else_works_and_one_is_told_what_to_install(sample, key, monkeypatch):
    sample.does("sign", "--key", key)
    for module in [name for name in sys.modules if name.partition(".")[0] == "cryptography"]:
        monkeypatch.setitem(sys.modules, module, None)
    for words in (
        ("sign", "--key", key),
        ("key", "new", key.with_name("k"), NO_PASSPHRASE),
        ("verify", "--signatures"),
    ):
        answer = sample(*words)
        assert answer.code == 2
        assert "pip install cryptography" in answer.err
    sample.does("verify")
    sample.does("key", "list")
    sample.does("indicator", "一般公务用车", "--count", 3, *YEAR)
