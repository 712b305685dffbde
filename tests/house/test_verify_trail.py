"""The independent reader of the trail finds every alteration, and says in a sentence where."""

import hashlib
import hmac
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

READER = Path(__file__).resolve().parents[2] / "tools/verify_trail.py"
KEY = bytes(range(32))


def canonical(entry: dict) -> str:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sealed(entry: dict, key: bytes = KEY) -> dict:
    body = canonical({k: v for k, v in entry.items() if k not in ("hash", "mac")}).encode()
    return entry | {"hash": hashlib.sha256(body).hexdigest(), "mac": hmac.new(key, body, "sha256").hexdigest()}


def chained(number: int, key: bytes = KEY, start: tuple[dict, ...] = ()) -> list[dict]:
    entries = list(start)
    for seq in range(len(entries) + 1, number + 1):
        prev = entries[-1]["hash"] if entries else "0" * 64
        deed = {"seq": seq, "at": f"2018-05-{seq:02d}T01:00:00Z", "act": "lead.register", "paper": f"lead/{seq}"}
        who = {"by": "张三", "role": "operator", "office": "区民政局", "facts": {"town": "双港镇"}, "prev": prev}
        entries.append(sealed(deed | who, key))
    return entries


def closed(entry: dict) -> dict:
    """The line of a sealed export: the entry's place in the chain and nothing of its content."""
    return {name: entry[name] for name in ("seq", "prev", "hash", "mac")} | {"sealed": True}


def half_sealed(number: int) -> list[dict]:
    """Entries 5 to 8 and everything after 10 are sealed."""
    return [closed(entry) if 5 <= entry["seq"] <= 8 or entry["seq"] > 10 else entry for entry in chained(number)]


@pytest.fixture
def read(tmp_path):
    """Export the entries, ask the reader, and give back its exit code and its words."""
    (tmp_path / "key").write_text(KEY.hex() + "\n")

    def ask(entries: list[dict], *, anchors: list[dict] | None = None, key: bool = False) -> tuple[int, str]:
        (tmp_path / "trail.jsonl").write_text("".join(canonical(e) + "\n" for e in entries), encoding="utf-8")
        command = [sys.executable, "-I", str(READER), str(tmp_path / "trail.jsonl")]
        if anchors is not None:
            (tmp_path / "anchors").write_text("".join(f"{e['seq']} {e['hash']}\n" for e in anchors))
            command.append(str(tmp_path / "anchors"))
        done = subprocess.run(
            [*command, *(["--key", str(tmp_path / "key")] if key else [])],
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        assert not done.stderr
        return done.returncode, done.stdout

    return ask


def test_an_intact_trail_is_called_intact(read):
    trail = chained(12)
    assert read(trail, anchors=trail[::5], key=True) == (0, "Intact: 12 entries, 3 anchors, a key.\n")


def test_an_altered_entry_is_named(read):
    trail = chained(12)
    trail[6]["act"] = "lead.void"
    assert read(trail) == (1, "line 7, entry 7: altered: its hash does not fit its content\n")


def test_an_altered_entry_with_a_new_hash_is_named_by_its_successor(read):
    trail = chained(12)
    trail[6] = sealed(trail[6] | {"act": "lead.void"})
    assert read(trail) == (1, "line 8, entry 8: altered or inserted: it does not continue entry 7\n")


def test_a_removed_entry_is_named(read):
    trail = chained(12)
    del trail[6]
    assert read(trail) == (1, "line 7, entry 8: removed: gone is entry 7\n")


def test_the_first_entry_cannot_be_removed_either(read):
    assert read(chained(12)[1:]) == (1, "line 1, entry 2: removed: gone is entry 1\n")


def test_a_hole_cannot_be_hidden_by_a_link_to_nothing(read):
    trail = chained(12)
    trail[7:] = [sealed(trail[7] | {"prev": None})]
    del trail[6]
    assert read(trail) == (1, "line 7, entry 8: removed: gone is entry 7\n")


def test_an_inserted_entry_is_named(read):
    trail = chained(12)
    trail.insert(7, sealed(trail[6] | {"act": "lead.void"}))
    assert read(trail) == (1, "line 8, entry 7: inserted: its number is taken\n")


def test_a_reordered_entry_is_named(read):
    trail = chained(12)
    trail[6], trail[7] = trail[7], trail[6]
    assert read(trail) == (1, "line 8, entry 7: reordered: it comes late\n")


def test_a_tail_cut_off_is_found_by_an_anchor(read):
    trail = chained(12)
    assert read(trail[:9], anchors=trail[10:11]) == (1, "entry 11: truncated: it is gone\n")


def test_a_trail_written_anew_is_found_by_an_anchor_or_by_the_key(read):
    trail = chained(12)
    anew = chained(12, b"forged", (sealed(trail[0] | {"act": "lead.void"}, b"forged"),))
    assert read(anew)[0] == 0
    assert read(anew, anchors=trail[8:9]) == (1, "entry 9: altered: it differs from its anchor\n")
    assert read(anew, key=True)[1].count("the office's key did not seal it") == 12


def test_an_entry_written_otherwise_is_named(read, tmp_path):
    trail = chained(3)
    read(trail)
    file = tmp_path / "trail.jsonl"
    for line in ("", "{", "[" * 100_000, '{"seq":2,"seq":2}', canonical(trail[1]).replace(",", ", "), "[]", "\\ud800"):
        lines = [canonical(trail[0]), line, canonical(trail[2])]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        done = subprocess.run([sys.executable, "-I", READER, file], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout.startswith("line 2: altered or inserted")


@pytest.mark.parametrize("arguments", [[], ["absent.jsonl"], ["a", "--key"]])
def test_who_asks_wrongly_is_told_how(arguments):
    done = subprocess.run([sys.executable, "-I", READER, *arguments], capture_output=True, text=True)
    assert done.returncode == 2
    assert "[--key HEXFILE]" in done.stderr


def test_no_change_of_a_single_character_passes(read, tmp_path):
    trail = chained(8)
    read(trail, anchors=trail[-1:], key=True)
    file, whole = tmp_path / "trail.jsonl", (tmp_path / "trail.jsonl").read_text(encoding="utf-8")
    for place in random.Random(7).sample(range(len(whole) - 1), 40):
        file.write_text(whole[:place] + ("x" if whole[place] != "x" else "y") + whole[place + 1 :], encoding="utf-8")
        command = [sys.executable, "-I", READER, file, tmp_path / "anchors", "--key", tmp_path / "key"]
        assert subprocess.run(command, capture_output=True).returncode == 1


def test_sealed_lines_are_verified_by_their_place(read):
    told = "Intact: 12 entries (6 verified by content, 6 by place only), 1 anchors, a key.\n"
    assert read(half_sealed(12), anchors=chained(12)[-1:], key=True) == (0, told)


def test_a_removed_sealed_line_is_named(read):
    trail = half_sealed(12)
    del trail[6]
    assert read(trail) == (1, "line 7, entry 8: removed: gone is entry 7\n")


def test_a_reordered_sealed_line_is_named(read):
    trail = half_sealed(12)
    trail[6], trail[7] = trail[7], trail[6]
    assert read(trail) == (1, "line 8, entry 7: reordered: it comes late\n")


def test_an_inserted_sealed_line_is_named(read):
    trail = half_sealed(12)
    trail.insert(7, trail[6] | {"hash": "1" * 64})
    assert read(trail) == (1, "line 8, entry 7: inserted: its number is taken\n")


def test_sealed_lines_cut_off_the_end_are_found_by_an_anchor(read):
    assert read(half_sealed(12)[:11], anchors=chained(12)[-1:]) == (1, "entry 12: truncated: it is gone\n")


def test_a_sealed_line_put_in_the_place_of_another_does_not_continue(read):
    trail = half_sealed(12)
    trail[6] |= {"hash": "1" * 64}
    assert read(trail) == (1, "line 8, entry 8: altered or inserted: it does not continue entry 7\n")


@pytest.mark.parametrize("more", [{"sealed": False}, {"sealed": 1}, {"act": "lead.void"}])
def test_a_line_cannot_be_sealed_by_half(read, more):
    trail = half_sealed(12)
    trail[6] |= more
    code, told = read(trail)
    assert code == 1
    assert told.startswith("line 7: altered or inserted: no entry is written so")
