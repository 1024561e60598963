"""Measure the opinion engine beside red-dwarf, each in a process of its own, one thread, on the same votes.

Run ``python bench/opinion.py`` from the root of the repository. red-dwarf is installed once into an environment of its
own beneath ``.venv``; it is no part of placeweave. Four open conversations are looked for in ``../shared/data/opinion``
(``--large`` adds generated ones of 20,000 x 1,000 and 100,000 x 2,000; red-dwarf is not asked for the last).

Reading files and importing are left out for both. CPU is the least of ``--runs`` runs. Memory is how far the peak of a
fresh process grows during the first run.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "opinion"
OPEN = ("london.youth.policing", "brexit-consensus", "scoop-hivemind.biodiversity", "vtaiwan.uberx")
GENERATED = {"generated 20k x 1,000": (20_000, 1_000, 50), "generated 100k x 2,000": (100_000, 2_000, 50)}
PEER = "red-dwarf==0.4.0"
Arrays = dict[str, Any]


def read(folder: Path) -> Arrays:
    """Read an open conversation: each person's last vote (red-dwarf takes no other), and what was moderated out."""
    with (folder / "votes.csv").open(encoding="utf-8-sig") as file:
        rows = [(int(r["voter-id"]), int(r["comment-id"]), int(r["vote"]), int(r["timestamp"]))
                for r in csv.DictReader(file)]  # fmt: skip
    with (folder / "comments.csv").open(encoding="utf-8-sig") as file:
        out = [int(r["comment-id"]) for r in csv.DictReader(file) if r["moderated"] == "-1"]
    last = {(row[0], row[1]): row for row in sorted(rows, key=lambda row: row[3])}
    participant, statement, value, moment = np.array(list(last.values()), np.int64).T
    return {"participant": participant, "statement": statement, "value": value, "moment": moment, "out": np.array(out)}


def generate(people: int, statements: int, mean: int, seed: int = 0) -> Arrays:
    """Draw three planted groups, one of 8 %, most votes on few statements: see ``docs/engines.md``."""
    chance = np.random.default_rng(seed)
    group = chance.choice(3, people, p=[0.46, 0.46, 0.08])
    appeal = chance.normal(0.3, 0.8, statements)
    effect = chance.normal(0, 1.2, (3, statements))
    each = np.minimum(chance.geometric(1 / mean, people), statements)
    participant = np.repeat(np.arange(people), each)
    statement = (chance.random(participant.size) ** 1.5 * statements).astype(np.int64)
    pair = chance.permutation(np.unique(participant * statements + statement))
    participant, statement = np.divmod(pair, statements)
    latent = appeal[statement] + effect[group[participant], statement] + chance.normal(0, 1, pair.size)
    value = np.where(chance.random(pair.size) < 0.15, 0, np.sign(latent)).astype(np.int64)
    return {"participant": participant, "statement": statement, "value": value,
            "moment": np.arange(pair.size), "out": np.zeros(0, np.int64)}  # fmt: skip


# --- In a process of its own ----------------------------------------------------------------------


def peak_mb() -> float:
    """Give the largest memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work: Any, runs: int) -> dict[str, Any]:
    """Run it so often, and give the least CPU and wall milliseconds, the growth of the peak, and the last answer."""
    before, cpus, walls, answer = peak_mb(), [], [], None
    for run in range(runs):
        cpu, wall = time.process_time(), time.perf_counter()
        answer = work()
        cpus.append(1000 * (time.process_time() - cpu))
        walls.append(1000 * (time.perf_counter() - wall))
        if run == 0:
            grown = peak_mb() - before
    return {"cpu": min(cpus), "wall": min(walls), "mb": grown, "answer": answer}


def theirs(arrays: Arrays, runs: int) -> dict[str, Any]:
    """Run red-dwarf as its documentation says."""
    import warnings

    warnings.filterwarnings("ignore")
    from reddwarf.implementations.polis import run_clustering

    columns = (arrays[name].tolist() for name in ("participant", "statement", "value", "moment"))
    votes = [
        {"participant_id": p, "statement_id": s, "vote": v, "modified": m} for p, s, v, m in zip(*columns, strict=True)
    ]
    out = arrays["out"].tolist()
    took = timed(lambda: run_clustering(votes=votes, mod_out_statement_ids=out, random_state=0), runs)
    found = took.pop("answer")
    labels = found.participants_df["cluster_id"].dropna().astype(int)
    consensus = found.group_aware_consensus["agree"]
    took["labels"] = {str(key): int(label) for key, label in labels.items()}
    took["consensus"] = {str(key): float(value) for key, value in consensus.items()}
    return took


def ours(arrays: Arrays, runs: int, mode: str) -> dict[str, Any]:
    """Fit, score and pick, from the raw columns on."""
    sys.path.insert(0, str(ROOT / "src"))
    from placeweave.engines.opinion.fit import fit
    from placeweave.engines.opinion.records import Config, Statements
    from placeweave.engines.opinion.scores import score
    from placeweave.engines.opinion.select import select
    from placeweave.engines.opinion.votes import votes_from_events

    def whole() -> Any:
        numbered = votes_from_events(
            arrays["participant"], arrays["statement"], arrays["value"], order=arrays["moment"]
        )
        active = ~np.isin(numbered.statements, arrays["out"])
        statements = Statements(active, np.zeros_like(active))
        model = fit(numbered.votes, statements, Config(mode=mode))  # type: ignore[arg-type]
        scores = score(model)
        picks = [select(model, scores, kind) for kind in ("common_ground", "divisive", "consensus", "representative")]
        return numbered, statements, model, picks

    took = timed(whole, runs)
    numbered, statements, model, _picks = took.pop("answer")
    took["labels"] = {
        str(key): int(label) for key, label in zip(numbered.participants, model.labels, strict=True) if label >= 0
    }
    if mode == "own":
        took |= further(numbered, statements, model)
        took |= agreement(arrays, numbered, model, score)
    return took


def further(numbered: Any, statements: Any, model: Any) -> dict[str, Any]:
    """Time what comes after the fit: 200 re-draws, one vote more, and a fit that starts from the last one."""
    from placeweave.engines.opinion.fit import fit
    from placeweave.engines.opinion.stability import stability
    from placeweave.engines.opinion.state import State
    from placeweave.engines.opinion.update import update

    redraws = timed(lambda: stability(numbered.votes, model, 200, cold=0), 2)
    warm = timed(lambda: fit(numbered.votes, statements, model.config, warm=model), 5)
    cold = timed(lambda: fit(numbered.votes, statements, model.config), 5)
    state = State.from_model(numbered.votes, model)
    chance = np.random.default_rng(1)
    events = [
        (int(p), int(s), int(v))
        for p, s, v in zip(
            chance.integers(0, numbered.votes.n_participants, 2_000),
            chance.integers(0, numbered.votes.n_statements, 2_000),
            chance.integers(-1, 2, 2_000),
            strict=True,
        )
    ]
    vote = timed(lambda: [update(state, *event) for event in events], 3)
    return {
        "redraws": redraws["cpu"],
        "held": redraws["answer"].overall,
        "warm_share": warm["cpu"] / cold["cpu"],
        "vote_us": 1000 * vote["cpu"] / len(events),
    }


def agreement(arrays: Arrays, numbered: Any, model: Any, score: Any) -> dict[str, Any]:
    """Score by our formulas with red-dwarf's groups, where they are given, and compare the order of consensus."""
    given, consensus = arrays.get("their_labels"), arrays.get("their_consensus")
    if not given:
        return {}
    from placeweave.engines.opinion.fit import regrouped

    labels = np.array([given.get(str(key), -1) for key in numbered.participants], np.int32)
    gac = score(regrouped(model, numbered.votes, labels)).gac
    pairs = [
        (float(gac[place]), consensus[str(key)])
        for place, key in enumerate(numbered.statements)
        if model.statements.active[place] and str(key) in consensus
    ]
    return {"rank": spearman(*zip(*pairs, strict=True)), "ari": rand(labels, model.labels)}


def spearman(one: Any, other: Any) -> float:
    """Give the rank correlation, ties in the middle."""
    from scipy.stats import spearmanr

    return float(spearmanr(one, other).statistic)


def rand(one: Any, other: Any) -> float:
    """Give the adjusted Rand index over people who are in a group both times; NaN if we found no groups."""
    from placeweave.engines.opinion.likeness import alike

    return float(alike(one, other)) if (other >= 0).any() else float("nan")


# --- Side by side ---------------------------------------------------------------------------------


def peer_python() -> Path | None:
    """Give the Python that has red-dwarf, making its environment the first time; None if it cannot be made."""
    python = ROOT / ".venv" / "bench-peer" / "bin" / "python"
    if not python.exists():
        print(f"Installing {PEER} into an environment of its own")
        subprocess.run([sys.executable, "-m", "venv", str(python.parents[1])], check=True)
    ready = subprocess.run([python, "-c", "import reddwarf"], capture_output=True, check=False).returncode == 0
    if not ready:
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", PEER]
        ready = subprocess.run(command, check=False).returncode == 0
    return python if ready else None


def child(python: str | Path, arrays: Arrays, who: str, runs: int) -> dict[str, Any]:
    """Measure in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npz"
        np.savez(path, **{name: array for name, array in arrays.items() if isinstance(array, np.ndarray)})
        extra = Path(folder) / "extra.json"
        extra.write_text(json.dumps({k: v for k, v in arrays.items() if isinstance(v, dict)}))
        command = [str(python), __file__, "--child", who, str(path), "--runs", str(runs)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    if told.returncode:
        raise SystemExit(f"{who} failed: {told.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return answer


def answer_as_child(who: str, path: Path, runs: int) -> None:
    """Do the work of `child` on the other side."""
    arrays: Arrays = dict(np.load(path))
    arrays |= json.loads((path.parent / "extra.json").read_text())
    took = theirs(arrays, runs) if who == "theirs" else ours(arrays, runs, who)
    print(json.dumps(took))


HEAD = (
    f"{'conversation':<30}{'votes':>10}{'red-dwarf':>11}{'own':>9}{'ratio':>8}{'polis':>9}{'ratio':>8}"
    f"{'MB':>7}{'ours':>7}{'200 draws':>11}{'vote':>9}{'warm':>6}{'rank':>6}{'ARI':>6}{'k':>7}"
)


def compare(title: str, arrays: Arrays, peer: Path | None, runs: int) -> None:
    """Print one row: CPU milliseconds and their ratio, memory growth, what comes after the fit, and agreement."""
    peer_runs = max(1, runs // 2) if arrays["value"].size < 200_000 else 1
    them = child(peer, arrays, "theirs", peer_runs) if peer else None
    if them:
        arrays = arrays | {"their_labels": them["labels"], "their_consensus": them["consensus"]}
    own = child(sys.executable, arrays, "own", runs)
    polis = child(sys.executable, arrays, "polis", runs) if arrays["value"].size < 200_000 else None
    base = them["cpu"] if them else float("nan")
    k = f"{len(set(own['labels'].values())) or 1}/{len(set(them['labels'].values())) if them else '-'}"
    print(
        f"{title:<30}{arrays['value'].size:>10,}{base:>11.1f}{own['cpu']:>9.1f}{base / own['cpu']:>7.1f}x"
        f"{polis['cpu'] if polis else float('nan'):>9.1f}{base / polis['cpu'] if polis else float('nan'):>7.1f}x"
        f"{them['mb'] if them else float('nan'):>7.0f}{own['mb']:>7.0f}{own['redraws'] / base:>10.2f}x"
        f"{own['vote_us']:>7.0f}us{own['warm_share']:>6.2f}{own.get('rank', float('nan')):>6.2f}"
        f"{own.get('ari', float('nan')):>6.2f}{k:>7}"
    )


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--child", nargs=2, metavar=("WHO", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        answer_as_child(options.child[0], Path(options.child[1]), options.runs)
        return
    peer = peer_python()
    print(
        f"CPU in milliseconds, least of {options.runs} runs (red-dwarf {max(1, options.runs // 2)}); MB: growth of the"
    )
    print("peak; 200 draws: CPU against one red-dwarf run; vote: CPU of one more vote; warm: against a cold fit; rank:")
    print("Spearman of group-aware consensus given red-dwarf's groups; ARI: our groups and theirs; k: ours/theirs.")
    print(HEAD)
    for name in OPEN:
        if (SHARED / name).exists():
            compare(name, read(SHARED / name), peer, options.runs)
    if options.large:
        for title, (people, statements, mean) in GENERATED.items():
            compare(title, generate(people, statements, mean), peer if people < 50_000 else None, 3)


if __name__ == "__main__":
    main()
