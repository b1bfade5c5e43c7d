#!/usr/bin/env python3
"""Hands altered exports to verify.py, many in one run, for the tests of ground/ledger/tree.

The first line of standard input holds an export and what is trusted; each line after it what is changed (`set`, base64,
and `drop`) in one copy. For each a line comes back: what was found, or an empty one.
"""
import base64, json, sys

from verify import find

files, trust = {}, {}
for line in sys.stdin:
    told = json.loads(line)
    copy = dict(files)
    for name in told.get("drop", []):
        copy.pop(name, None)
    copy.update((name, base64.b64decode(data)) for name, data in told.get("set", {}).items())
    if "trust" in told:
        files, trust = copy, told["trust"]
        trust["seen"] = [(name, note.encode()) for name, note in trust["seen"]]
    found = find(copy, **trust) or ""
    print(" ".join(found.split()), flush=True)
