"""Themes beside scikit-learn's linear SVM, in one run: learn from sessions 1 to 9, try on 10 to 13, also without texts that
are near a learned one (cosine of TF-IDF >= 0.8). Needs scikit-learn and ../shared/data/upr; MANDATE names the program.

    pip install scikit-learn && make build && python3 benches/themes.py
"""

import csv, json, os, subprocess, tempfile, time
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

DATA = os.path.join(os.path.dirname(__file__), "../../shared/data/upr")
PROGRAM = os.environ.get("MANDATE", os.path.join(os.path.dirname(__file__), "../target/release/mandate"))


def rows():
    for name in ["1-5", "6-9", "10-13"]:
        text = open(f"{DATA}/{name}.csv", "rb").read().decode("mac_roman")
        yield from csv.DictReader(text.splitlines(keepends=True))


def labels(row):
    return [label.strip() for label in row["Issue"].split(",") if label.strip()]


everything = list(rows())
learn = [row for row in everything if int(row["Session"]) <= 9]
attempt = [row for row in everything if int(row["Session"]) >= 10]
binary = MultiLabelBinarizer().fit([labels(row) for row in everything])
known, right = binary.transform([labels(r) for r in learn]), binary.transform([labels(r) for r in attempt])

start = time.time()
vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
x, t = vectors.fit_transform([r["Text"] for r in learn]), vectors.transform([r["Text"] for r in attempt])
scores = OneVsRestClassifier(LinearSVC(C=0.5)).fit(x, known).decision_function(t)
print(f"scikit-learn: {time.time() - start:.1f} s to learn and to try")

near = np.array([(t[at : at + 500] @ x.T).max(axis=1).toarray().ravel() for at in range(0, t.shape[0], 500)], dtype=object)
far = np.concatenate(list(near)).astype(float) < 0.8


def best(which):
    def at(threshold):
        predicted = scores[which] > threshold
        return f1_score(right[which], predicted, average="micro"), f1_score(right[which], predicted, average="macro")

    return max(at(threshold) for threshold in np.arange(-0.6, 0.3, 0.05))


def table(path, of):
    with open(path, "w", newline="") as out:
        writer = csv.DictWriter(out, of[0].keys())
        writer.writeheader()
        writer.writerows(of)


with tempfile.TemporaryDirectory() as folder:
    table(f"{folder}/learn.csv", learn)
    start = time.time()
    subprocess.run([PROGRAM, "themes", "train", f"{folder}/learn.csv", "--output", f"{folder}/m"], check=True)
    print(f"mandate themes train: {time.time() - start:.1f} s with reading the file")
    for name, which in [("all", np.ones(len(attempt), bool)), ("without near duplicates", far)]:
        table(f"{folder}/attempt.csv", [row for row, keep in zip(attempt, which) if keep])
        done = subprocess.run([PROGRAM, "themes", "evaluate", f"{folder}/attempt.csv", "--model", f"{folder}/m", "--format", "json"], check=True, capture_output=True)
        found = {line["label"]: line["f1"] for line in json.loads(done.stdout)}
        micro, macro = best(which)
        print(f"{name}, {which.sum()} texts: micro {found['(all, micro)']:.4f}, macro {found['(all, macro)']:.4f}; scikit-learn at the threshold that is best for these texts {micro:.4f}, {macro:.4f}")
