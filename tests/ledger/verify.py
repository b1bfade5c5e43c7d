#!/usr/bin/env python3
"""A second verifier of an exported ledger, written from ground/ledger/FORMAT.md with Python's own library and
`cryptography` (Ed25519) alone, so that nobody needs to trust ours.

    python3 verify.py EXPORT [--key KEY]... [--witness KEY]... [--seen CHECKPOINT]... [--hashes-alone]

EXPORT is a folder or a ZIP file. Prints what does not fit and exits with 1, or says that all is well.
"""
import argparse, base64, hashlib, hmac, json, pathlib, re, struct, sys, zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

sha = lambda data: hashlib.sha256(data).digest()
MEMBERS = ["seq", "at", "actor", "session", "action", "outcome", "record_kind", "record_id", "details", "salt"]


def need(fits, *what):
    """Something does not fit: where, and what."""
    if not fits:
        raise ValueError(": ".join(map(str, what)))


def unbase64(text, where):
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, where, "base64 with stray bits")
    return data


def key_of(text):
    """NAME+ID+BASE64 as (name, ID, type, key)."""
    name, ident, data = text.split("+", 2)
    data = unbase64(data, "key")
    need(len(data) == 33 and data[0] in (1, 4), "key", text, "not an Ed25519 key")
    need(sha(name.encode() + b"\n" + data)[:4].hex() == ident, "key", text, "ID does not belong to name and key")
    return name, ident, data[0], Ed25519PublicKey.from_public_bytes(data[1:])


def note_of(data, where):
    """A signed note as its text and its signatures: name, ID, bytes."""
    body, gap, lines = data.decode("utf-8").rpartition("\n\n")
    need(gap and not re.search("[\x00-\x09\x0b-\x1f]", body + lines) and lines.endswith("\n"), where, "no signed note")
    parts = [re.fullmatch("— ([^ ]+) ([^ ]+)", line) for line in lines[:-1].split("\n")]
    need(all(parts), where, "a signature's line is broken")
    signatures = [(part[1], unbase64(part[2], where)) for part in parts]
    need(all(len(data) > 4 for _, data in signatures), where, "a signature is too short")
    return body + "\n", [(name, data[:4].hex(), data[4:]) for name, data in signatures]


def signed_by(key, text, signatures):
    """True, False, or None where there is no signature of the key."""
    name, ident, kind, public = key
    data = next((data for who, which, data in signatures if (who, which) == (name, ident)), None)
    if data is None:
        return None
    if kind == 4:
        time = int.from_bytes(data[:8], "big") if len(data) == 72 else 0
        text, data = f"cosignature/v1\ntime {time}\n{text}", data[8:]
    try:
        public.verify(data, text.encode())
        return True
    except InvalidSignature:
        return False


def checkpoint_of(data, keys, where, of_export=True):
    """A checkpoint that one of the keys signed as (size, root, text, signatures)."""
    text, signatures = note_of(data, where)
    lines = text.split("\n")
    need(len(lines) == 4 and re.fullmatch("0|[1-9][0-9]*", lines[1], re.ASCII), where, "a checkpoint has three lines")
    root = unbase64(lines[2], where)
    need(len(root) == 32, where, "the root is no hash")
    by = [(key, signed_by(key, text, signatures)) for key in keys]
    need(any(good and key[0] == lines[0] for key, good in by), where, "not signed by a trusted key")
    need(all(good is not False for _, good in by), where, "a signature of a trusted key does not fit")
    if of_export:  # the ledger's own signature, then cosignatures, one of each witness
        (first, *others), own = [who[:2] for who in signatures], [key[:2] for key in keys]
        need(first in own and not set(others) & set(own), where, "the ledger's own signature is not the first and only one")
        need(len(set(others)) == len(others), where, "two signatures of one key")
        need(all(len(data) == 72 for *_, data in signatures[1:]), where, "a signature that is no cosignature")
    return int(lines[1]), root, text, signatures


def place(index, width):
    groups = re.findall("...", f"{index:0{-(-len(str(index)) // 3) * 3}}")
    return "/".join(["x" + group for group in groups[:-1]] + groups[-1:]) + (f".p/{width}" if width < 256 else "")


def roots_at(hashes, sizes):
    """Roots (RFC 6962, 2.1) over the first hashes, at each of the sizes."""
    stack, roots = [], {}
    for n, leaf in enumerate([None, *hashes]):
        if n:
            stack.append(leaf)
            for _ in range((n & -n).bit_length() - 1):
                right = stack.pop()
                stack.append(sha(b"\x01" + stack.pop() + right))
        if n in sizes:
            roots[n] = stack[-1] if stack else sha(b"")
            for left in stack[-2::-1]:
                roots[n] = sha(b"\x01" + left + roots[n])
    return roots


def line_of(line, number, leaf, where):
    """Checks one line of content; gives back the entry, or None for an erased one."""
    if line == f'{{"seq":{number},"erased":true}}':
        return None
    entry = json.loads(line)
    need(isinstance(entry, dict) and list(entry) == MEMBERS, where, "not the members of an entry")
    need(json.dumps(entry, separators=(",", ":"), ensure_ascii=False) == line, where, "not written in the one way")
    need(type(entry["seq"]) is int and type(entry["at"]) is int and entry["seq"] == number, where, "another number")
    need(re.fullmatch("[0-9a-f]{64}", entry["salt"]), where, "no salt")
    message = b"mandate-ledger-entry/v1\n" + struct.pack(">Qq", number, entry["at"])
    for text in (entry[member] for member in MEMBERS[2:9]):
        message += b"\0" if text is None else b"\1" + struct.pack(">I", len(text.encode())) + text.encode()
    need(hmac.digest(bytes.fromhex(entry["salt"]), message, "sha256") == leaf[13:], where, "not what was committed to")
    need(struct.pack(">I", max(entry["at"] // 3_600_000, 0)) == leaf[9:13], where, "another hour")
    return entry


def check(files, keys=(), witnesses=(), seen=(), hashes_alone=False):
    """Raises at the first thing that does not fit; gives back what is known of the ledger. `files` maps names to bytes."""
    *inside, end = files["verifier-key"].decode("utf-8").split("\n")
    need(not end and keys in ((), [], inside), "verifier-key", "other keys than were given")
    trusted = [key_of(key) for key in inside]
    need(all(key[2] == 1 for key in trusted), "verifier-key", "not a log's key")
    size, root, *newest = checkpoint_of(files["checkpoint"], trusted, "checkpoint")
    earlier, cosigned = [(where, *checkpoint_of(data, trusted, where, False)) for where, data in seen], newest
    if "cosigned" in files:
        earlier.append(("cosigned", *checkpoint_of(files["cosigned"], trusted, "cosigned")))
        cosigned = earlier[-1][3:]
        need(len(cosigned[1]) > 1 and cosigned[0] != newest[0], "cosigned", "no signature of a witness that `checkpoint` lacks")
        need(len(newest[1]) == 1, "checkpoint", "a signature of a witness although `cosigned` is there")
    for where, old, *_ in earlier:
        need(old <= size, where, f"had {old} entries, now there are {size}: the end was cut off")
    for witness in map(key_of, witnesses):
        need(signed_by(witness, *cosigned), "checkpoint", "not cosigned by", witness[0])

    levels, row = [], size
    while row:
        need(-(-row // 256) <= len(files), "checkpoint", "more entries than the files can hold")
        levels.append([(n, min(256, row - 256 * n)) for n in range(-(-row // 256))])
        row //= 256
    bundles = levels[0] if levels else []
    with_content = not hashes_alone or any(name.startswith("content/") for name in files)
    expected = {f"tile/{level}/{place(*tile)}" for level, row in enumerate(levels) for tile in row}
    for folder in ["tile/entries"] + ["content"] * with_content:
        expected |= {f"{folder}/{place(*bundle)}" for bundle in bundles}
    for name in expected ^ (set(files) - {"checkpoint", "cosigned", "verifier-key"}):
        need(False, name, "is missing or does not belong here")

    leaves, gone, said = [], [], {}
    for n, width in bundles:
        name, data = f"tile/entries/{place(n, width)}", files[f"tile/entries/{place(n, width)}"]
        need(len(data) == 47 * width, name, "another length")
        lines = files[f"content/{place(n, width)}"].decode("utf-8").split("\n") if with_content else []
        need(not with_content or (len(lines) == width + 1 and not lines[-1]), name, "content has another number of lines")
        for at in range(width):
            number, leaf = 256 * n + at + 1, data[47 * at + 2 : 47 * at + 47]
            need(data[47 * at : 47 * at + 3] == b"\0\x2d\1", name, f"entry {number} is no leaf")
            need(leaf[1:9] == struct.pack(">Q", number), name, f"entry {number} carries another number")
            leaves.append(leaf)
            entry = line_of(lines[at], number, leaf, f"content of entry {number}") if with_content else {"action": None}
            if entry is None:
                gone.append(number)
            elif entry["action"] == "ledger.erased" and entry["outcome"] == "done":
                said.update((named, number) for named in json.loads(entry["details"]).get("entries", []))
    for number in gone:
        need(said.get(number, 0) > number, f"content of entry {number}", "gone, but no later entry says it was erased")

    row = [sha(b"\0" + leaf) for leaf in leaves]
    roots = roots_at(row, {size} | {old for _, old, *_ in earlier})
    need(roots[size] == root, "checkpoint", "the entries do not yield the signed root")
    for where, old, old_root, *_ in earlier:
        need(roots[old] == old_root, where, f"the first {old} entries are not those that were signed then")
    for level, tiles in enumerate(levels):
        for name, n, width in ((f"tile/{level}/{place(*tile)}", *tile) for tile in tiles):
            need(files[name] == b"".join(row[256 * n : 256 * n + width]), name, "not the hashes of what is below")
        row = [roots_at(row[at : at + 256], {256})[256] for at in range(0, len(row) - 255, 256)]
    return {"size": size, "root": root.hex(), "erased": len(gone), "content": with_content, "keys": inside}


def find(files, **trust):
    """What does not fit, in words; None when all is well."""
    try:
        check(files, **trust)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
        return str(wrong) if type(wrong) is ValueError else f"cannot be read: {wrong!r}"


def main():
    told = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    told.add_argument("export", type=pathlib.Path)
    for option in ("--key", "--witness", "--seen"):
        told.add_argument(option, action="append", default=[])
    told.add_argument("--hashes-alone", action="store_true")
    told = told.parse_args()
    if told.export.is_dir():
        found = [path for path in told.export.rglob("*") if not path.is_dir()]
        files = {path.relative_to(told.export).as_posix(): path.read_bytes() for path in found}
    else:
        with zipfile.ZipFile(told.export) as pack:
            files = {name: pack.read(name) for name in pack.namelist()}
    seen = [(path, pathlib.Path(path).read_bytes()) for path in told.seen]
    trust = {"keys": told.key, "witnesses": told.witness, "seen": seen, "hashes_alone": told.hashes_alone}
    wrong = find(files, **trust)
    print(wrong or json.dumps(check(files, **trust)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
