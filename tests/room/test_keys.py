"""Keys are made, kept under a passphrase, and never mistaken for others."""

from __future__ import annotations

import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracktwo.room import keys
from tracktwo.room.keys import Keys, KeysError
from tracktwo.room.sealing import padded, seal, unseal

PASSPHRASE = "six words drawn by chance"


def test_keys_under_a_passphrase_are_read_with_it_alone(tmp_path):
    made, path = Keys.new(), tmp_path / "keys.age"
    keys.write(path, made, PASSPHRASE)
    assert keys.read(path.read_bytes(), PASSPHRASE) == made
    assert made.identity.encode() not in path.read_bytes()
    with pytest.raises(KeysError, match="does not open"):
        keys.read(path.read_bytes(), "another passphrase")
    with pytest.raises(KeysError, match="type it"):
        keys.read(path.read_bytes())


def test_a_file_of_keys_is_its_owners_alone_and_never_overwritten(tmp_path):
    path = tmp_path / "keys"
    keys.write(path, Keys.new(), None)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        keys.write(path, Keys.new(), None)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b'{"form":"tracktwo/keys/1","identity":"x","seed":"00"}']
)
def test_what_is_no_file_of_keys_is_refused_with_a_sentence(content):
    with pytest.raises(KeysError, match="not a file of tracktwo's keys"):
        keys.read(content)


def test_a_mark_needs_the_keys_and_tells_its_parts_apart():
    one, other = Keys.new(), Keys.new()
    assert one.mark("vote", b"a", b"b") == one.mark("vote", b"a", b"b")
    others = {one.mark("vote", b"ab", b""), one.mark("vote", b"", b"ab"), one.mark("name", b"a", b"b"),
              other.mark("vote", b"a", b"b")}  # fmt: skip
    assert one.mark("vote", b"a", b"b") not in others
    assert len(others) == 4


def test_keys_do_not_stand_in_what_is_printed_of_them():
    made = Keys.new()
    assert made.identity not in repr(made)
    assert made.seed.hex() not in repr(made)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
@settings(max_examples=60)
def test_what_was_sealed_is_unsealed(value):
    assert unseal(seal(value)) == value


def test_an_envelope_says_little_about_the_length_of_what_is_in_it():
    sizes = {len(text): len(seal({"text": text})) for text in ("", "no", "yes", "x" * 200)}
    # the format pads itself by some bytes at random: sizes of one content vary as much
    assert max(sizes.values()) - min(sizes.values()) < 300
    assert [padded(n) for n in (0, 256, 257, 4096, 4097, 9000)] == [256, 256, 512, 4096, 8192, 12288]


def test_a_damaged_envelope_is_refused():
    envelope = bytearray(seal({"text": "held"}))
    envelope[-1] ^= 1
    with pytest.raises(ValueError, match="damaged"):
        unseal(bytes(envelope))


def test_an_envelope_of_other_keys_is_refused():
    mine, envelope = keys.current(), seal("held")
    try:
        keys.install(Keys.new())
        with pytest.raises(ValueError, match="other keys"):
            unseal(envelope)
    finally:
        keys.install(mine)
