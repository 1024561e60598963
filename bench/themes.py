"""Measure the themes engine beside plain scikit-learn pipelines, each in a process of its own.

Run ``python bench/themes.py`` from the root of the repository; ``--runs 3`` repeats each measurement and gives medians,
``--large`` adds 100,000 generated texts. Data is looked for in ``../shared/data/themes``; where it is absent the bench
says so and stops.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, v_measure_score
from sklearn.preprocessing import normalize

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from placeweave.engines.themes.propose import propose
from placeweave.engines.themes.records import Unit

SOURCE = Path(__file__).resolve().parents[2] / "shared" / "data" / "themes" / "banking77.jsonl"
Labels = Sequence[Any]
Method = Callable[[Sequence[str], int | None], Labels]


@dataclass(frozen=True)
class Measured:
    """What one method took and gave."""

    labels: Labels
    cpu: float
    wall: float
    peak_mb: float


def ours(texts: Sequence[str], count: int | None) -> Labels:
    """Propose themes; texts in the tray count as one group."""
    run = propose([Unit(str(i), text) for i, text in enumerate(texts)], themes=count)
    return [run.assignments.get(str(i), "unplaced") for i in range(len(texts))]


def nmf(texts: Sequence[str], count: int | None) -> Labels:
    """Word TF-IDF and non-negative matrix factorisation, the strongest component."""
    weights = NMF(count, init="nndsvd", random_state=0, max_iter=400).fit_transform(_word_tfidf(texts))
    return [int(best) for best in weights.argmax(axis=1)]


def svd_kmeans(texts: Sequence[str], count: int | None) -> Labels:
    """Word TF-IDF, 100 SVD dimensions of unit length, k-means with 4 starts."""
    vectors = normalize(TruncatedSVD(100, random_state=0).fit_transform(_word_tfidf(texts)))
    return [int(label) for label in KMeans(count or 8, n_init=4, random_state=0).fit_predict(vectors)]


METHODS: dict[str, Method] = {"placeweave": ours, "TF-IDF + NMF": nmf, "TF-IDF + SVD + k-means": svd_kmeans}


def _word_tfidf(texts: Sequence[str]) -> Any:
    """Word 1-2 grams as the baselines are usually set up: stop words out, in 2 texts at least, at most half."""
    return TfidfVectorizer(
        ngram_range=(1, 2), sublinear_tf=True, min_df=2, max_df=0.5, max_features=30_000, stop_words="english"
    ).fit_transform(texts)


def measure(name: str, texts: Sequence[str], count: int | None) -> Measured:
    """Run one method in a fresh process and take its CPU seconds and peak memory, imports included in memory only."""
    context = multiprocessing.get_context("spawn")
    ours_end, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(theirs, name, texts, count))
    child.start()
    measured = ours_end.recv()
    child.join()
    return Measured(*measured)


def _child(answer: Any, name: str, texts: Sequence[str], count: int | None) -> None:
    """Do the work of `measure` on the other side."""
    cpu, wall = time.process_time(), time.perf_counter()
    labels = METHODS[name](texts, count)
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    answer.send((labels, cpu, wall, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def compare(title: str, rows: Sequence[dict[str, str]], runs: int) -> None:
    """Print one table: every method on the same rows, with its cost as a ratio to ours."""
    texts, labels = [row["text"] for row in rows], [row["label"] for row in rows]
    count = len(set(labels))
    print(f"\n{title}: {len(rows):,} texts, {count} labels, number of themes given, {runs} runs each (medians)")
    print(f"{'method':<26}{'V':>7}{'ARI':>7}{'CPU s':>8}{'ratio':>7}{'peak MB':>9}{'ratio':>7}")
    base: tuple[float, float] | None = None
    for name in METHODS:
        taken = [measure(name, texts, count) for _ in range(runs)]
        cpu, peak = (statistics.median(getattr(each, what) for each in taken) for what in ("cpu", "peak_mb"))
        base = base or (cpu, peak)
        v, ari = (score(labels, taken[0].labels) for score in (v_measure_score, adjusted_rand_score))
        print(f"{name:<26}{v:>7.3f}{ari:>7.3f}{cpu:>8.1f}{cpu / base[0]:>7.2f}{peak:>9.0f}{peak / base[1]:>7.2f}")


def stability(rows: Sequence[dict[str, str]], draws: int) -> None:
    """Print how much of the partition survives a shuffle and the loss of a tenth of the texts."""
    texts = [row["text"] for row in rows]
    whole = np.array(measure("placeweave", texts, 77).labels)
    for draw in range(draws):
        order = np.random.default_rng(draw).permutation(len(texts))
        shuffled = measure("placeweave", [texts[i] for i in order], 77).labels
        kept = order[: int(0.9 * len(texts))]
        fewer = measure("placeweave", [texts[i] for i in kept], 77).labels
        print(
            f"draw {draw}: rows shuffled ARI {adjusted_rand_score(whole[order], shuffled):.3f}, "
            f"a tenth left out ARI {adjusted_rand_score(whole[kept], fewer):.3f}"
        )


def generated(rows: Sequence[dict[str, str]], count: int) -> list[str]:
    """Make many different texts by joining halves of texts of one label, from a fixed seed."""
    by_label: dict[str, list[list[str]]] = {}
    for row in rows:
        by_label.setdefault(row["label"], []).append(row["text"].split())
    chance, names, made = random.Random(0), sorted(by_label), {}
    for name in itertools.cycle(names):
        first, second = chance.choice(by_label[name]), chance.choice(by_label[name])
        made[" ".join(first[: len(first) // 2 + 1] + second[len(second) // 2 :])] = name
        if len(made) == count:
            return list(made)
    return []


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--draws", type=int, default=1)
    options = parser.parse_args()
    if not SOURCE.exists():
        print("BANKING77 is not on this machine (../shared/data/themes), so there is nothing to measure with.")
        return
    rows = [json.loads(line) for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    drawn = [rows[i] for i in np.random.default_rng(0).permutation(len(rows))[:6_000]]
    compare("BANKING77, 6,000 drawn", drawn, options.runs)
    compare("BANKING77, all", rows, options.runs)
    stability(drawn, options.draws)
    if options.large:
        many = measure("placeweave", generated(rows, 100_000), None)
        print(
            f"100,000 generated texts: {many.wall:.0f} s of wall, {many.cpu:.0f} CPU s, {many.peak_mb:.0f} MB peak, "
            f"{len(set(many.labels))} themes"
        )


if __name__ == "__main__":
    main()
