#!/usr/bin/env python3
"""A second verifier of an exported ledger, written from ground/ledger/FORMAT.md with Python's own library and
`cryptography` (Ed25519) alone, so that nobody needs to trust ours.

    python3 verify.py EXPORT [--key KEY]... [--witness KEY]... [--seen CHECKPOINT]... [--hashes-alone]

EXPORT is a folder or a ZIP file. Prints what does not fit and exits with 1, or says that all is well.
"""
import base64, hashlib, hmac, json, os, re, struct, sys, zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

sha = lambda data: hashlib.sha256(data).digest()
MEMBERS = ["seq", "at", "actor", "session", "action", "outcome", "record_kind", "record_id", "details", "salt"]


class Wrong(Exception):
    """Something does not fit: in which file, at which entry, and what."""


def need(fits, *what):
    if not fits:
        raise Wrong(": ".join(map(str, what)))


def unbase64(text, where):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong(f"{where}: no base64") from None
    need(base64.b64encode(data).decode() == text, where, "base64 with stray bits")
    return data


def key_of(text):
    """NAME+ID+BASE64 as (name, ID, type, key)."""
    parts = text.split("+", 2)
    need(len(parts) == 3, "key", text, "not NAME+ID+BASE64")
    data = unbase64(parts[2], "key")
    need(len(data) == 33 and data[0] in (1, 4), "key", text, "not an Ed25519 key")
    need(sha(parts[0].encode() + b"\n" + data)[:4].hex() == parts[1], "key", text, "ID does not belong to name and key")
    return parts[0], parts[1], data[0], Ed25519PublicKey.from_public_bytes(data[1:])


def note_of(data, where):
    """A signed note as its text and its signatures: name, ID, bytes."""
    text = data.decode("utf-8")
    need(not re.search("[\x00-\x09\x0b-\x1f]", text) and text.endswith("\n"), where, "no signed note")
    body, gap, lines = text.rpartition("\n\n")
    need(gap, where, "no signatures")
    signatures = []
    for line in lines[:-1].split("\n"):
        parts = line.split(" ")
        need(len(parts) == 3 and parts[0] == "—" and parts[1], where, "a signature's line is broken")
        signature = unbase64(parts[2], where)
        need(len(signature) > 4, where, "a signature is too short")
        signatures.append((parts[1], signature[:4].hex(), signature[4:]))
    return body + "\n", signatures


def signed_by(key, text, signatures):
    """True, False, or None where there is no signature of the key."""
    name, ident, kind, public = key
    for who, which, data in signatures:
        if (who, which) == (name, ident):
            if kind == 4:
                time = struct.unpack(">Q", data[:8])[0] if len(data) == 72 else 0
                text, data = f"cosignature/v1\ntime {time}\n{text}", data[8:]
            try:
                public.verify(data, text.encode())
                return True
            except InvalidSignature:
                return False
    return None


def checkpoint_of(data, keys, where):
    text, signatures = note_of(data, where)
    lines = text.split("\n")
    need(len(lines) == 4 and re.fullmatch("0|[1-9][0-9]*", lines[1], re.ASCII), where, "a checkpoint has three lines")
    root = unbase64(lines[2], where)
    need(len(root) == 32, where, "the root is no hash")
    by = [(key, signed_by(key, text, signatures)) for key in keys]
    need(any(good and key[0] == lines[0] for key, good in by), where, "not signed by a trusted key")
    need(all(good is not False for _, good in by), where, "a signature of a trusted key does not fit")
    return int(lines[1]), root, text, signatures


def place(index, width):
    groups = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + (f".p/{width}" if width < 256 else "")


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
            root = stack[-1] if stack else sha(b"")
            for left in stack[-2::-1]:
                root = sha(b"\x01" + left + root)
            roots[n] = root
    return roots


def commitment(entry, salt):
    message = b"mandate-ledger-entry/v1\n" + struct.pack(">Qq", entry["seq"], entry["at"])
    for member in MEMBERS[2:9]:
        text = entry[member]
        message += b"\0" if text is None else b"\1" + struct.pack(">I", len(text.encode())) + text.encode()
    return hmac.new(salt, message, "sha256").digest()


def line_of(line, number, leaf, where):
    """Checks one line of content; gives back the entry, or None for an erased one."""
    if line == f'{{"seq":{number},"erased":true}}':
        return None
    entry = json.loads(line)
    need(isinstance(entry, dict) and list(entry) == MEMBERS, where, "not the members of an entry")
    need(json.dumps(entry, separators=(",", ":"), ensure_ascii=False) == line, where, "not written in the one way")
    need(type(entry["seq"]) is int and type(entry["at"]) is int and entry["seq"] == number, where, "another number")
    need(re.fullmatch("[0-9a-f]{64}", entry["salt"]), where, "no salt")
    need(commitment(entry, bytes.fromhex(entry["salt"])) == leaf[13:], where, "not what was committed to")
    need(max(entry["at"] // 3_600_000, 0) == struct.unpack(">I", leaf[9:13])[0], where, "another hour")
    return entry


def check(files, keys=(), witnesses=(), seen=(), hashes_alone=False):
    """Raises at the first thing that does not fit; gives back what is known of the ledger. `files` maps names to bytes."""
    written = files["verifier-key"].decode("utf-8")
    need(written.endswith("\n"), "verifier-key", "no whole lines")
    inside = written[:-1].split("\n")
    need(not keys or list(keys) == inside, "verifier-key", "other keys than were given")
    trusted = [key_of(key) for key in inside]
    need(all(key[2] == 1 for key in trusted), "verifier-key", "not a log's key")
    size, root, *note = checkpoint_of(files["checkpoint"], trusted, "checkpoint")
    notes, points = [note], []
    for where, data in [(name, files[name]) for name in ("cosigned",) if name in files] + list(seen):
        old, old_root, *old_note = checkpoint_of(data, trusted, where)
        need(old <= size, where, f"had {old} entries, now there are {size}: the end was cut off")
        points.append((where, old, old_root))
        notes += [old_note] if where == "cosigned" else []
    for witness in map(key_of, witnesses):
        by = [signed_by(witness, *note) for note in notes]
        need(next((good for good in by if good is not None), False), "checkpoint", "not cosigned by", witness[0])

    levels, row = [], size
    while row:
        levels.append([(n, min(256, row - 256 * n)) for n in range(-(-row // 256))])
        row //= 256
        need(len(levels[0]) <= len(files), "checkpoint", "more entries than the files can hold")
    tiles = [f"tile/{level}/{place(*tile)}" for level, row in enumerate(levels) for tile in row]
    bundles = levels[0] if levels else []
    with_content = not hashes_alone or any(name.startswith("content/") for name in files)
    expected = {"checkpoint", "verifier-key", *tiles, *(f"tile/entries/{place(*b)}" for b in bundles)}
    if with_content:
        expected |= {f"content/{place(*b)}" for b in bundles}
    for name in sorted(expected ^ (set(files) - {"cosigned"})):
        raise Wrong(f"{name}: is missing or does not belong here")

    leaves, gone, said = [], [], {}
    for n, width in bundles:
        name, data = f"tile/entries/{place(n, width)}", files[f"tile/entries/{place(n, width)}"]
        need(len(data) == 47 * width, name, "another length")
        lines = files[f"content/{place(n, width)}"].decode("utf-8").split("\n") if with_content else []
        need(not with_content or (len(lines) == width + 1 and not lines[-1]), name, "content has another number of lines")
        for at in range(width):
            number, leaf = 256 * n + at + 1, data[47 * at + 2 : 47 * at + 47]
            where = f"content of entry {number}"
            need(data[47 * at : 47 * at + 2] == b"\0\x2d" and leaf[0] == 1, name, f"entry {number} is no leaf")
            need(struct.unpack(">Q", leaf[1:9])[0] == number, name, f"entry {number} carries another number")
            leaves.append(leaf)
            if with_content:
                entry = line_of(lines[at], number, leaf, where)
                if entry is None:
                    gone.append(number)
                elif (entry["action"], entry["outcome"]) == ("ledger.erased", "done"):
                    said.update((named, number) for named in json.loads(entry["details"]).get("entries", []))
    for number in gone:
        need(said.get(number, 0) > number, f"content of entry {number}", "gone, but no later entry says it was erased")

    row = [sha(b"\0" + leaf) for leaf in leaves]
    roots = roots_at(row, {size} | {old for _, old, _ in points})
    need(roots[size] == root, "checkpoint", "the entries do not yield the signed root")
    for where, old, old_root in points:
        need(roots[old] == old_root, where, f"the first {old} entries are not those that were signed then")
    for level, tiles in enumerate(levels):
        for n, width in tiles:
            name = f"tile/{level}/{place(n, width)}"
            need(files[name] == b"".join(row[256 * n : 256 * n + width]), name, "not the hashes of what is below")
        row = [roots_at(row[at : at + 256], {256})[256] for at in range(0, len(row) - 255, 256)]
    return {"size": size, "root": root.hex(), "erased": len(gone), "content": with_content, "keys": inside}


def find(files, **trust):
    """What does not fit, in words; None when all is well."""
    try:
        check(files, **trust)
        return None
    except Wrong as wrong:
        return str(wrong)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return f"cannot be read: {error!r}"


def main(args):
    alone, args = "--hashes-alone" in args, iter([arg for arg in args if arg != "--hashes-alone"])
    trust, places = {"--key": [], "--witness": [], "--seen": []}, []
    for arg in args:
        (trust[arg].append(next(args)) if arg in trust else places.append(arg))
    if os.path.isdir(places[0]):
        found = (os.path.join(top, name) for top, _, names in os.walk(places[0]) for name in names)
        files = {os.path.relpath(path, places[0]).replace(os.sep, "/"): open(path, "rb").read() for path in found}
    else:
        with zipfile.ZipFile(places[0]) as pack:
            files = {name: pack.read(name) for name in pack.namelist()}
    seen = [(path, open(path, "rb").read()) for path in trust["--seen"]]
    told = {"keys": trust["--key"], "witnesses": trust["--witness"], "seen": seen, "hashes_alone": alone}
    wrong = find(files, **told)
    print(wrong or json.dumps(check(files, **told)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
