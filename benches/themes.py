"""Themes beside scikit-learn's linear SVM, in one run, on a split by time: learn from sessions 1 to LAST, try on those after,
up to UPTO; all the texts, and only those that are far from every learned one (cosine of TF-IDF < 0.8: no exact or near
duplicates). Here the thresholds come from the learned texts alone; scikit-learn's is the one that is best for the texts tried.
Needs scikit-learn and ../shared/data/upr.

    pip install scikit-learn && python3 benches/themes.py [LAST [UPTO]]
"""

import csv, json, os, subprocess, sys, tempfile, time
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "../../shared/data/upr")
LAST = int(sys.argv[1]) if len(sys.argv) > 1 else 9
UPTO = int(sys.argv[2]) if len(sys.argv) > 2 else 99


def rows():
    for name in ["1-5", "6-9", "10-13"]:
        text = open(f"{DATA}/{name}.csv", "rb").read().decode("mac_roman")
        yield from csv.DictReader(text.splitlines(keepends=True))


def labels(row):
    return [label.strip() for label in row["Issue"].split(",") if label.strip()]


everything = [row for row in rows() if int(row["Session"]) <= UPTO]
learn = [row for row in everything if int(row["Session"]) <= LAST]
attempt = [row for row in everything if int(row["Session"]) > LAST]
binary = MultiLabelBinarizer().fit([labels(row) for row in everything])
known, right = binary.transform([labels(r) for r in learn]), binary.transform([labels(r) for r in attempt])

start = time.time()
vectors = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
x, t = vectors.fit_transform([r["Text"] for r in learn]), vectors.transform([r["Text"] for r in attempt])
scores = OneVsRestClassifier(LinearSVC(C=0.5)).fit(x, known).decision_function(t)
print(f"scikit-learn: {time.time() - start:.1f} s to learn from {len(learn)} texts and to try {len(attempt)}")
far = np.concatenate([(t[at : at + 500] @ x.T).max(axis=1).toarray().ravel() for at in range(0, t.shape[0], 500)]) < 0.8


def measures(right, predicted):
    return [f1_score(right, predicted, average=of, zero_division=0) for of in ("micro", "macro")]


def table(path, of):
    with open(path, "w", newline="") as out:
        writer = csv.DictWriter(out, of[0].keys())
        writer.writeheader()
        writer.writerows(of)


with tempfile.TemporaryDirectory() as folder:
    table(f"{folder}/learn.csv", learn)
    table(f"{folder}/attempt.csv", attempt)
    example = "cargo run --quiet --release -p mandate-themes --example predict --".split()
    done = subprocess.run([*example, f"{folder}/learn.csv", f"{folder}/attempt.csv"], cwd=HERE, check=True, capture_output=True, text=True)
print(done.stderr.strip())
ours = binary.transform([json.loads(line) for line in done.stdout.splitlines()])

for name, which in [("all", np.ones(len(attempt), bool)), ("without near duplicates", far)]:
    tried = [measures(right[which], scores[which] > threshold) for threshold in np.arange(-0.7, 0.3, 0.05)]
    micro, macro = max(tried)
    mine = measures(right[which], ours[which])
    print(
        f"{name}, {which.sum()} texts: micro {mine[0]:.4f} beside {micro:.4f} of scikit-learn ({mine[0] - micro:+.4f}), "
        f"macro {mine[1]:.4f} beside {macro:.4f} ({mine[1] - macro:+.4f}; its best at any one threshold {max(m for _, m in tried):.4f})"
    )
