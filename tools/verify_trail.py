"""Examines an exported trail with nothing but Python, and without a word from the program that wrote it.

python -I tools/verify_trail.py export.jsonl [anchors.txt] [--key HEXFILE]: ends with 0 intact, 1 tampered, 2 misused.
A sealed line keeps its content to itself: it is verified by its place in the chain alone.
"""

import hashlib
import hmac
import json
import sys
from collections.abc import Iterator
from pathlib import Path

PLACE = {"seq", "prev", "hash", "mac", "sealed"}
"""All that a sealed line says."""


def faults(lines: list[str], anchors: dict[int, str], key: bytes) -> Iterator[str]:
    canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
    entries, hashes, last = [], {0: "0" * 64}, 0
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
            body = canonical({name: entry[name] for name in entry.keys() - {"hash", "mac"}}).encode()
            seq, prev, digest, mac = (entry[name] for name in ("seq", "prev", "hash", "mac"))
            sealed = entry.get("sealed") is True and entry.keys() == PLACE
            if type(seq) is not int or canonical(entry) != line or ("sealed" in entry and not sealed):
                raise ValueError(line)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            yield f"line {number}: altered or inserted: no entry is written so"
            continue
        what = f"line {number}, entry {seq}"
        if seq in hashes or seq < last:
            yield f"{what}: " + ("inserted: its number is taken" if seq in hashes else "reordered: it comes late")
        entries.append((what, seq, prev, digest, mac, None if sealed else body))
        hashes[seq], last = hashes.get(seq, digest), seq
    for what, seq, prev, digest, mac, said in entries:
        if said is not None and hashlib.sha256(said).hexdigest() != digest:
            yield f"{what}: altered: its hash does not fit its content"
        if said is not None and key and hmac.new(key, said, "sha256").hexdigest() != mac:
            yield f"{what}: altered or inserted: the office's key did not seal it"
        if seq - 1 not in hashes or prev != hashes[seq - 1]:
            wrong = "altered or inserted: it does not continue" if seq - 1 in hashes else "removed: gone is"
            yield f"{what}: {wrong} entry {seq - 1}"
    for seq in sorted(anchors):
        if hashes.get(seq) != anchors[seq]:
            yield f"entry {seq}: {'altered: it differs from its anchor' if seq in hashes else 'truncated: it is gone'}"


def main(words: list[str]) -> int:
    try:
        key = bytes.fromhex(Path(words.pop(words.index("--key") + 1)).read_text()) if "--key" in words else b""
        export, *more = (Path(word) for word in words if word != "--key")
        lines = export.read_bytes().decode(errors="replace").removesuffix("\n").split("\n")
        anchors = {int(seq): digest for path in more for seq, digest in map(str.split, path.read_text().splitlines())}
    except (OSError, ValueError, IndexError) as wrong:
        print(f"{wrong}\n{__doc__}", file=sys.stderr)
        return 2
    found = list(faults(lines, anchors, key))
    places = 0 if found else sum("sealed" in json.loads(line) for line in lines)
    how = f" ({len(lines) - places} verified by content, {places} by place only)" if places else ""
    intact = f"Intact: {len(lines)} entries{how}, {len(anchors)} anchors, {'a' if key else 'no'} key."
    print(*found or [intact], sep="\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
