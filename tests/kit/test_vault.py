"""The vault: what is sealed stays sealed, stays where it was put, and outlives a change of keys."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipline.kit.vault import KeysWrong, Unreadable, Vault, fresh_keys, read_key_file, read_keys

VAULT = Vault(read_keys(fresh_keys()))


@given(st.text(st.characters(codec="utf-8"), max_size=2000), st.text(min_size=1, max_size=60))
def test_what_is_sealed_opens_again_in_its_place(text, place):
    if not text.endswith("\x00"):
        assert VAULT.open(VAULT.seal(text, place), place) == text


def test_a_sealed_value_moved_to_another_place_does_not_open():
    box = VAULT.seal("佘仁杰", "lead|narrative|a")
    with pytest.raises(Unreadable):
        VAULT.open(box, "lead|narrative|b")


def test_no_flipped_byte_goes_unnoticed():
    box = VAULT.seal("佘仁杰", "p")
    for at in range(len(box)):
        with pytest.raises(Unreadable):
            VAULT.open(box[:at] + bytes([box[at] ^ 1]) + box[at + 1 :], "p")


def test_the_same_text_is_never_sealed_alike():
    assert len({VAULT.seal("同样的话", "p") for _ in range(500)}) == 500


@pytest.mark.parametrize(("short", "long"), [("王", "欧阳建国"), ("六个字的内容", "这里写了二十个字的内容看看长度")])
def test_lengths_tell_little(short, long):
    assert len(VAULT.seal(short, "p")) == len(VAULT.seal(long, "p"))


def test_old_values_open_after_a_new_key_and_new_ones_use_it():
    keys = read_keys(fresh_keys())
    box = Vault(keys).seal("旧", "p")
    keys["seal"][2] = secrets.token_bytes(32)
    younger = Vault(keys)
    assert younger.open(box, "p") == "旧"
    assert younger.seal("新", "p")[:2] == (2).to_bytes(2)
    with pytest.raises(Unreadable):
        Vault({**keys, "seal": {2: keys["seal"][2]}}).open(box, "p")


def test_blind_values_differ_by_field_and_by_key():
    other = Vault(read_keys(fresh_keys()))
    assert VAULT.blind("name", "王五") == VAULT.blind("name", "王五")
    assert len({VAULT.blind("name", "王五"), VAULT.blind("sound", "王五"), other.blind("name", "王五")}) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("seal.1 zz\n", "line 1"),
        (f"seal.1 {'0' * 62}\n", "64 hex"),
        (f"door.1 {'0' * 64}\n", "line 1"),
        (f"seal.1 {'0' * 64}\n", "index, trail"),
    ],
)
def test_a_bad_key_file_says_what_is_wrong(text, says):
    with pytest.raises(KeysWrong, match=says):
        read_keys(text)


def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "keys"
    path.write_text(fresh_keys())
    path.chmod(0o644)
    with pytest.raises(KeysWrong, match="0600"):
        read_key_file(path)
    path.chmod(0o600)
    assert set(read_key_file(path)) == {"seal", "index", "trail"}
