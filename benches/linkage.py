"""The linkage engine beside Splink, in one run on one machine:
`python3 benches/linkage.py [febrl4] [historical] [generated] [N] [--rounds K] [--lean]`.

Needs `pip install splink pandas` and ../shared/data/linkage. Each program runs in a process of its own; seconds are from the
first byte read to the last probability (Splink's without its imports), memory is the most that was resident. With rounds
the programs take turns, and the ratios of each round stand beside each other. --lean leaves the second model of Splink out,
which takes minutes.

Two models of Splink, neither slowed down (no columns that only charts need, no charts, no clusters):

- lean: the comparisons that are nearest to ours, field by field, and the same rules where it can have them.
- documented: what its documentation's example for removing duplicates of people has, in these fields: forename and surname
  compared together with the frequencies of whole names, its comparison of dates of birth, its rules (the first letters of both
  names; a name and the date; a name and the place; date and place; the first letters with the year), u from 5,000,000 pairs.

Blocking:

- febrl4: ours and lean have the same six rules (identity; birth; given and family; family and postcode; given and postcode;
  street and number); ours sees through spellings in the names. Then ours with the rules that it suggests. The documentation's
  model for this set is the lean one.
- historical: both of Splink's have the rules of its documentation's example for this set, ours those that it suggests: it does
  not know the file.
- generated: ours and lean have the same six rules: given and family; a name and the birth; a name, village and death; birth and
  village. Documented has its own, and beside it ours has them too, but for the first letters: three of either name, where
  Splink has three and four (which leaves it fewer pairs), and two. Then ours with the rules that it suggests.

F1 is over pairs, at the best threshold, at p >= 0.5 and at p >= 0.95.
"""

import os
import re
import resource
import statistics
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


def splink(which, n, model):
    """Runs Splink on one set, in this process; prints a line."""
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
        if model == "documented":
            frame["whole"] = frame[first] + " " + frame[last]
            comparisons = [
                cl.ForenameSurnameComparison(first, last, forename_surname_concat_col_name="whole"),
                cl.DateOfBirthComparison(dob, input_is_string=True),
                cl.PostcodeComparison(postcode),
                cl.ExactMatch(place).configure(term_frequency_adjustments=True),
                cl.ExactMatch(work).configure(term_frequency_adjustments=True),
            ]
        else:
            comparisons = [
                cl.NameComparison(first).configure(term_frequency_adjustments=True),
                cl.NameComparison(last).configure(term_frequency_adjustments=True),
                cl.DamerauLevenshteinAtThresholds(dob, [1, 2]),
                cl.JaroWinklerAtThresholds(place, [0.9, 0.8]).configure(term_frequency_adjustments=True),
                cl.LevenshteinAtThresholds(postcode, [1, 2]),
                cl.ExactMatch(sex),
                cl.ExactMatch(work).configure(term_frequency_adjustments=True),
            ]
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="unique_id",
            additional_columns_to_retain=["cluster"],
            comparisons=comparisons,
            blocking_rules_to_generate_predictions=[
                block_on(f"substr({first},1,3)", f"substr({last},1,4)"),
                block_on(last, dob),
                block_on(first, dob),
                block_on(postcode, first),
                block_on(postcode, last),
                block_on(dob, place),
                block_on(f"substr({postcode},1,3)", dob),
                block_on(f"substr({postcode},1,3)", first),
                block_on(f"substr({postcode},1,3)", last),
                block_on(f"substr({first},1,2)", f"substr({last},1,2)", f"substr({dob},1,4)"),
            ],
        )
        training = [block_on(first, last), block_on(dob)]
        recall_rules = [block_on(first, last, dob)]
    else:
        frames = [pd.read_csv(GENERATED.format(n=n), dtype=str)]
        sizes = frames[0]["cluster"].value_counts()
        pairs = int((sizes * (sizes - 1) // 2).sum())
        if model == "documented":
            frames[0]["whole"] = frames[0]["first_name"] + " " + frames[0]["surname"]
            comparisons = [
                cl.ForenameSurnameComparison("first_name", "surname", forename_surname_concat_col_name="whole"),
                cl.DateOfBirthComparison("dob", input_is_string=True),
                cl.ExactMatch("village").configure(term_frequency_adjustments=True),
                cl.NameComparison("father_name").configure(term_frequency_adjustments=True),
                cl.DateOfBirthComparison("death_date", input_is_string=True),
            ]
            rules = [
                block_on("substr(first_name,1,3)", "substr(surname,1,4)"),
                block_on("surname", "dob"),
                block_on("first_name", "dob"),
                block_on("village", "first_name"),
                block_on("village", "surname"),
                block_on("dob", "village"),
                block_on("substr(first_name,1,2)", "substr(surname,1,2)", "substr(dob,1,4)"),
            ]
        else:
            comparisons = [
                cl.NameComparison("first_name").configure(term_frequency_adjustments=True),
                cl.NameComparison("surname").configure(term_frequency_adjustments=True),
                cl.DamerauLevenshteinAtThresholds("dob", [1, 2]),
                cl.ExactMatch("village").configure(term_frequency_adjustments=True),
                cl.NameComparison("father_name").configure(term_frequency_adjustments=True),
                cl.DamerauLevenshteinAtThresholds("death_date", [1]),
            ]
            rules = [
                block_on("first_name", "surname"),
                block_on("surname", "dob"),
                block_on("first_name", "dob"),
                block_on("surname", "village", "death_date"),
                block_on("first_name", "village", "death_date"),
                block_on("dob", "village"),
            ]
        settings = SettingsCreator(
            link_type="dedupe_only",
            unique_id_column_name="unique_id",
            additional_columns_to_retain=["cluster"],
            comparisons=comparisons,
            blocking_rules_to_generate_predictions=rules,
        )
        training = [block_on("first_name", "surname"), block_on("dob", "village")]
        recall_rules = [block_on("first_name", "surname", "dob")]
    tables = [api.register(frame) for frame in frames]
    linker = Linker(tables if len(tables) > 1 else tables[0], settings, log_level=50)
    linker.training.estimate_probability_two_random_records_match(recall_rules, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=5e6 if model == "documented" else 1e6)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    seconds = time.time() - begun
    rows = list(zip(found["match_probability"], (found["cluster_l"] == found["cluster_r"]).astype(int)))
    right = sum(ok for _, ok in rows)
    best, half, sure = scores(rows, pairs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"   splink, {model}: {seconds:.2f} s with reading, {memory:.0f} MB; F1 {best:.4f}, {half:.4f} at 0.5, {sure:.4f} at 0.95; "
        f"links hold {right / pairs:.3f}"
    )


def ours(arguments, how="given rules"):
    """Runs ours; gives the seconds of the last set, with reading."""
    environment = dict(os.environ)
    if how == "suggested rules":
        environment["AUTO"] = "1"
    if how == "documented rules":
        environment["RULES"] = "documented"
    program = os.path.join(ROOT, "target/release/examples/measure")
    out = subprocess.run([program, *arguments], env=environment, check=True, capture_output=True, text=True).stdout
    seconds = None
    for line in out.splitlines():
        found = re.search(r"read ([0-9.]+) s, linked ([0-9.]+) s", line)
        if found:
            seconds = float(found[1]) + float(found[2])
            print(f"   ours, {how}: {line.strip()}", flush=True)
    return seconds


def theirs(which, n, model):
    """Runs Splink in a process of its own; gives its seconds."""
    command = [sys.executable, os.path.abspath(__file__), "--splink", which, str(n), model]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    line = next(line for line in out.splitlines() if "splink, " in line)
    print(line, flush=True)
    return float(re.search(r": ([0-9.]+) s", line)[1])


def main():
    told = sys.argv[1:]
    if told[:1] == ["--splink"]:
        splink(told[1], int(told[2]), told[3])
        return
    rounds = 1
    if "--rounds" in told:
        at = told.index("--rounds")
        rounds = int(told[at + 1])
        del told[at : at + 2]
    models = ["lean"] if "--lean" in told else ["lean", "documented"]
    told = [one for one in told if one != "--lean"]
    n = next((int(one) for one in told if one.isdigit()), 500_000)
    sets = [one for one in told if not one.isdigit()] or ["febrl4", "historical", "generated"]
    subprocess.run(
        ["cargo", "build", "--quiet", "--release", "-p", "mandate-linkage", "--example", "measure"], cwd=ROOT, check=True
    )
    if {"febrl4", "historical"} & set(sets):
        print("febrl4 and historical")
        ours([])
        ours([], "suggested rules")
    for which in sets:
        print(which, n if which == "generated" else "", flush=True)
        if which == "febrl4":
            theirs(which, n, "lean")
        elif which == "historical":
            for model in models:
                theirs(which, n, model)
        else:
            generated(n, rounds, models)


def generated(n, rounds, models):
    file = GENERATED.format(n=n)
    if not os.path.exists(file):
        subprocess.run([sys.executable, f"{DATA}/generate.py", str(n), file], check=True)
    ratios = {model: [] for model in models}
    for _ in range(rounds):
        for model in models:
            own = ours([file], "given rules" if model == "lean" else "documented rules")
            ratios[model].append(theirs("generated", n, model) / own)
    for model, of in ratios.items():
        each = ", ".join(f"{ratio:.1f}" for ratio in of)
        print(f"   splink, {model}, takes {statistics.median(of):.1f} times as long (each round: {each})", flush=True)
    ours([file], "suggested rules")


main()
