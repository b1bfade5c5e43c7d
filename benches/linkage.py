"""The linkage engine beside Splink, in one run on one machine: `python3 benches/linkage.py [febrl4] [historical] [generated] [N]`.

Needs `pip install splink pandas` and ../shared/data/linkage. Each program runs in a process of its own; seconds are from the
first byte read to the last probability, memory is the most that was resident. Blocking of both:

- febrl4: ours and Splink's have the same six rules (identity; birth; given and family; family and postcode; given and
  postcode; street and number); ours sees through spellings in the names. Then ours with the rules that it suggests.
- historical: Splink has the rules of its documentation's example for this set (below), ours those that it suggests: it does
  not know the file.
- generated: the same six rules.

F1 is over pairs, at the best threshold, at p >= 0.5 and at p >= 0.95.
"""

import os
import resource
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
DATA = os.environ.get("MANDATE_LINKAGE_DATA", os.path.join(ROOT, "../shared/data/linkage"))
GENERATED = os.environ.get("MANDATE_LINKAGE_FILE", "/tmp/mandate-generated-{n}.csv")


def scores(found, pairs):
    """F1 at the best threshold, at 0.5 and at 0.95 of (probability, right) pairs."""
    found.sort(key=lambda one: -one[0])
    best = half = sure = right = 0.0
    for n, (probability, ok) in enumerate(found, 1):
        right += ok
        now = 2 * right / (n + pairs)
        best = max(best, now)
        half = now if probability >= 0.5 else half
        sure = now if probability >= 0.95 else sure
    return best, half, sure


def splink(which, n):
    """Runs Splink on one set, in this process; prints a line of JSON."""
    import pandas as pd
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    begun = time.time()
    api = DuckDBAPI()
    if which == "febrl4":
        frames = [pd.read_csv(f"{DATA}/febrl4{part}.csv", dtype=str, skipinitialspace=True) for part in "ab"]
        for frame in frames:
            frame.columns = [c.strip() for c in frame.columns]
            for column in frame:
                frame[column] = frame[column].str.strip().replace("", None)
            frame["cluster"] = frame["rec_id"].str.split("-").str[1]
        pairs = 5000
        settings = SettingsCreator(
            link_type="link_only",
            unique_id_column_name="rec_id",
            additional_columns_to_retain=["cluster"],
            comparisons=[
                cl.NameComparison("given_name").configure(term_frequency_adjustments=True),
                cl.NameComparison("surname").configure(term_frequency_adjustments=True),
                cl.LevenshteinAtThresholds("street_number", 1),
                cl.JaroWinklerAtThresholds("address_1", [0.9, 0.8]),
                cl.JaroWinklerAtThresholds("address_2", [0.9, 0.8]),
                cl.JaroWinklerAtThresholds("suburb", [0.9, 0.8]),
                cl.LevenshteinAtThresholds("postcode", [1, 2]),
                cl.ExactMatch("state"),
                cl.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
                cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("soc_sec_id"),
                block_on("date_of_birth"),
                block_on("given_name", "surname"),
                block_on("surname", "postcode"),
                block_on("given_name", "postcode"),
                block_on("street_number", "address_1"),
            ],
        )
        training = [block_on("date_of_birth"), block_on("given_name", "surname"), block_on("soc_sec_id")]
        recall_rules = [block_on("soc_sec_id")]
    elif which == "historical":
        frames = [pd.read_csv(f"{DATA}/historical_half.csv", dtype=str)]
        frame = frames[0]
        sizes = frame["cluster"].value_counts()
        pairs = int((sizes * (sizes - 1) // 2).sum())
        names = list(frame.columns)
        first, last, dob, place, postcode, sex, work = names[4:11]
        frame["unique_id"] = range(len(frame))
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="unique_id",
            additional_columns_to_retain=["cluster"],
            comparisons=[
                cl.NameComparison(first).configure(term_frequency_adjustments=True),
                cl.NameComparison(last).configure(term_frequency_adjustments=True),
                cl.DamerauLevenshteinAtThresholds(dob, [1, 2]),
                cl.JaroWinklerAtThresholds(place, [0.9, 0.8]).configure(term_frequency_adjustments=True),
                cl.LevenshteinAtThresholds(postcode, [1, 2]),
                cl.ExactMatch(sex),
                cl.ExactMatch(work).configure(term_frequency_adjustments=True),
            ],
            blocking_rules_to_generate_predictions=[
                block_on(f"substr({first},1,3)", f"substr({last},1,4)"),
                block_on(last, dob),
                block_on(first, dob),
                block_on(postcode, first),
                block_on(postcode, last),
                block_on(dob, place),
                block_on(postcode, dob),
            ],
        )
        training = [block_on(first, last), block_on(dob)]
        recall_rules = [block_on(first, last, dob)]
    else:
        frames = [pd.read_csv(GENERATED.format(n=n), dtype=str)]
        sizes = frames[0]["cluster"].value_counts()
        pairs = int((sizes * (sizes - 1) // 2).sum())
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="unique_id",
            additional_columns_to_retain=["cluster"],
            comparisons=[
                cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
                cl.NameComparison("surname").configure(term_frequency_adjustments=True),
                cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
                cl.ExactMatch("village").configure(term_frequency_adjustments=True),
                cl.NameComparison("father_name").configure(term_frequency_adjustments=True),
                cl.DamerauLevenshteinAtThresholds("death_date", [1]),
            ],
            blocking_rules_to_generate_predictions=[
                block_on("first_name", "surname"),
                block_on("surname", "dob"),
                block_on("first_name", "dob"),
                block_on("surname", "village", "death_date"),
                block_on("first_name", "village", "death_date"),
                block_on("dob", "village"),
            ],
        )
        training = [block_on("first_name", "surname"), block_on("dob", "village")]
        recall_rules = [block_on("first_name", "surname", "dob")]
    tables = [api.register(frame) for frame in frames]
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level=50)
    linker.training.estimate_probability_two_random_records_match(recall_rules, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    seconds = time.time() - begun
    rows = list(zip(found["match_probability"], (found["cluster_l"] == found["cluster_r"]).astype(int)))
    right = sum(ok for _, ok in rows)
    best, half, sure = scores(rows, pairs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"   splink: {seconds:.2f} s with reading, {memory:.0f} MB; F1 {best:.4f}, {half:.4f} at 0.5, {sure:.4f} at 0.95; "
        f"links hold {right / pairs:.3f}"
    )


def ours(arguments, suggested=False):
    environment = dict(os.environ)
    if suggested:
        environment["AUTO"] = "1"
    program = os.path.join(ROOT, "target/release/examples/measure")
    out = subprocess.run([program, *arguments], env=environment, check=True, capture_output=True, text=True).stdout
    how = "suggested rules" if suggested else "given rules"
    for line in out.splitlines():
        if "F1" in line:
            print(f"   ours, {how}: {line.strip()}", flush=True)


def main():
    told = sys.argv[1:]
    if told[:1] == ["--splink"]:
        splink(told[1], int(told[2]))
        return
    n = next((int(one) for one in told if one.isdigit()), 500_000)
    sets = [one for one in told if not one.isdigit()] or ["febrl4", "historical", "generated"]
    subprocess.run(
        ["cargo", "build", "--quiet", "--release", "-p", "mandate-linkage", "--example", "measure"], cwd=ROOT, check=True
    )
    if {"febrl4", "historical"} & set(sets):
        print("febrl4 and historical")
        ours([])
        ours([], suggested=True)
    for which in sets:
        print(which, n if which == "generated" else "", flush=True)
        if which == "generated":
            file = GENERATED.format(n=n)
            if not os.path.exists(file):
                subprocess.run([sys.executable, f"{DATA}/generate.py", str(n), file], check=True)
            ours([file])
            ours([file], suggested=True)
        subprocess.run([sys.executable, os.path.abspath(__file__), "--splink", which, str(n)], check=True)


main()
