"""Measure seating and choosing beside chance, a greedy that plans round by round, and plain CP-SAT models.

Run ``python bench/grouping.py`` from the root of the repository. OR-Tools is installed once into an environment of its
own beneath ``.venv``; it is no part of placeweave. It gets ``--peer-seconds`` for each case and two workers, and is not
asked for 120 people unless ``--large`` (building its model takes longer than solving with ours). The greedy seats one
round after the other by the best swap from several starts, with squared weights for pairs that have met, and never goes
back to an earlier round. MDGP instances are looked for in ``../shared/data/systems/mdgp``.

Contacts are different pairs of two organisations, as a share of what no plan can exceed. CPU and wall are seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_threads] = "1"

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data" / "systems" / "mdgp"
PEER = "ortools==9.15.6755"
CASES = [(people, size, largest, rounds) for people, size, largest in ((24, 4, 8), (60, 5, 13), (120, 6, 18))
         for rounds in (3, 4, 5)]  # fmt: skip
GOLF = ((5, 3, 7), (3, 3, 4), (4, 4, 5), (8, 4, 5), (5, 5, 6), (8, 4, 7))
MDGP = {
    "RanInt_n010_ds_07": 1221, "RanReal_n010_ss_10": 1195.92, "RanInt_n012_ss_03": 993, "Geo_n010_ss_10": 3752.03,
    "RanInt_n010_ss_10": 1112, "RanInt_n030_ss_05": 5500, "Geo_n030_ds_08": 13368.86, "Geo_n060_ss_04": 46217.76,
    "RanReal_n060_ss_04": 18856.55, "RanInt_n060_ds_03": 19828,
}  # fmt: skip
"""The better of the published table and what a search of four seconds found before."""
COHORTS = ((60, 1), (60, 2), (120, 2), (300, 3))


def skewed(people: int, largest: int) -> list[int]:
    """Give everybody an organisation, each three quarters as large as the one before."""
    found: list[int] = []
    while len(found) < people:
        found += [len(set(found))] * min(largest, people - len(found))
        largest = max(1, round(largest * 0.75))
    return found


def timed(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """Give an answer with the wall and CPU seconds it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return answer, time.perf_counter() - wall, time.process_time() - cpu


# --- The peer, in a process and an environment of its own -------------------------------------------


def seats_by_solver(asked: dict[str, Any]) -> dict[str, Any]:
    """Seat people with a plain model: who sits where, who meets whom, and tangents for m (m - 1) / 2."""
    from ortools.sat.python import cp_model

    organisation, sizes, rounds = asked["organisation"], asked["sizes"], asked["rounds"]
    model, n, k = cp_model.CpModel(), len(organisation), len(sizes)
    at = [[[model.new_bool_var("") for _ in range(k)] for _ in range(n)] for _ in range(rounds)]
    for r in range(rounds):
        for p in range(n):
            model.add_exactly_one(at[r][p])
        for t in range(k):
            model.add(sum(at[r][p][t] for p in range(n)) == sizes[t])
    cost = [
        one
        for p in range(n)
        for q in range(p)
        for one in pair_cost(model, at, p, q, weight=3 if organisation[p] == organisation[q] else 0)
    ]
    model.minimize(sum(cost))
    solver, status = solved(model, asked)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {"rounds": None, "proved": False}
    found = [[[p for p in range(n) if solver.value(at[r][p][t])] for t in range(k)] for r in range(rounds)]
    return {"rounds": found, "proved": status == cp_model.OPTIMAL}


def pair_cost(model: Any, at: Any, p: int, q: int, *, weight: int) -> list[Any]:
    """Give what two people cost: their meetings, if they are of one organisation, and m (m - 1) / 2."""
    rounds, tables = len(at), len(at[0][0])
    meets = [model.new_bool_var("") for _ in range(rounds)]
    for r in range(rounds):
        for t in range(tables):
            model.add_bool_or(at[r][p][t].negated(), at[r][q][t].negated(), meets[r])
    again = model.new_int_var(0, rounds * rounds, "")
    for tangent in range(1, rounds):
        model.add(again >= tangent * sum(meets) - tangent * (tangent + 1) // 2)
    return [again, *[weight * one for one in meets if weight]]


def cohorts_by_solver(asked: dict[str, Any]) -> dict[str, Any]:
    """Choose cohorts with a plain model: one Boolean for each applicant and cohort, slack for each quota."""
    from ortools.sat.python import cp_model

    people, cohorts = asked["people"], asked["cohorts"]
    model = cp_model.CpModel()
    into = [[model.new_bool_var("") for _ in cohorts] for _ in people]
    for one in into:
        model.add_at_most_one(one)
    slacks = []
    for c, places in enumerate(cohorts):
        model.add(sum(one[c] for one in into) == places)
        for aspect, value, least, most in asked["quotas"]:
            here = [one[c] for one, person in zip(into, people, strict=True) if person[aspect] == value]
            slacks.append(model.new_int_var(0, places, ""))
            model.add(sum(here) + slacks[-1] >= least)
            model.add(sum(here) - slacks[-1] <= most)
    waited = sum(int(person["waited"]) * sum(one) for one, person in zip(into, people, strict=True))
    model.minimize(100_000 * sum(slacks) - waited)
    solver, status = solved(model, asked)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return {"missed": None, "proved": False}
    return {"missed": sum(solver.value(one) for one in slacks), "proved": status == cp_model.OPTIMAL}


def solved(model: Any, asked: dict[str, Any]) -> Any:
    """Solve with the limits of the bench."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = asked["seconds"]
    solver.parameters.num_workers = 2
    return solver, solver.solve(model)


def peer_python() -> Path | None:
    """Give the Python that has OR-Tools, making its environment the first time; None if it cannot be made."""
    python = ROOT / ".venv" / "bench-ortools" / "bin" / "python"
    if not python.exists():
        print(f"Installing {PEER} into an environment of its own")
        subprocess.run([sys.executable, "-m", "venv", str(python.parents[1])], check=True)
    if subprocess.run([python, "-c", "import ortools"], capture_output=True, check=False).returncode:
        command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", PEER]
        if subprocess.run(command, check=False).returncode:
            return None
    return python


def ask(python: Path | None, what: str, asked: dict[str, Any]) -> dict[str, Any]:
    """Ask the peer in a fresh process."""
    if python is None:
        return {}
    told = subprocess.run([python, __file__, "--child", what], input=json.dumps(asked), capture_output=True, text=True,
                          check=False)  # fmt: skip
    if told.returncode:
        raise SystemExit(f"The peer failed: {told.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return answer


def answer_as_child(what: str) -> None:
    """Do the work of `ask` on the other side."""
    work = {"seats": seats_by_solver, "cohorts": cohorts_by_solver}[what]
    asked = json.load(sys.stdin)
    answer, wall, cpu = timed(lambda: work(asked))
    print(json.dumps(answer | {"wall": wall, "cpu": cpu}))


# --- Seats ------------------------------------------------------------------------------------------


def contacts(rounds: Any, organisation: list[int]) -> int:
    """Count different pairs of two organisations that sit together."""
    met = {(min(p, q), max(p, q)) for one in rounds for table in one for p in table for q in table if p != q}
    return sum(organisation[p] != organisation[q] for p, q in met)


def by_chance(n: int, sizes: list[int], rounds: int, seed: int) -> Any:
    """Seat by chance."""
    chance, found = random.Random(seed), []
    for _ in range(rounds):
        order = chance.sample(range(n), n)
        found.append([[order.pop() for _ in range(size)] for size in sizes])
    return found


def by_rounds(organisation: list[int], sizes: list[int], rounds: int, starts: int = 5) -> Any:
    """Seat round after round, each by the best swap until none helps, the best of some starts."""
    import numpy as np

    n, chance = len(organisation), np.random.default_rng(0)
    met, kinds = np.zeros((n, n)), np.array(organisation)
    found = []
    for _ in range(rounds):
        cost = 3.0 * (kinds[:, None] == kinds) + met**2
        np.fill_diagonal(cost, 0.0)
        tried = [descended(cost, chance.permutation(np.repeat(np.arange(len(sizes)), sizes))) for _ in range(starts)]
        seats = min(tried, key=lambda one: (cost * (one[:, None] == one)).sum())
        met += seats[:, None] == seats
        found.append([np.flatnonzero(seats == table).tolist() for table in range(len(sizes))])
    return found


def descended(cost: Any, seats: Any) -> Any:
    """Make the best swap until none helps."""
    import numpy as np

    while True:
        would = cost @ np.eye(seats.max() + 1)[seats]
        gain = (would - would[np.arange(len(seats)), seats][:, None])[:, seats]
        change = np.where(seats[:, None] == seats, 0.0, gain + gain.T - 2 * cost)
        one, other = np.unravel_index(int(change.argmin()), change.shape)
        if change[one, other] >= -1e-9:
            return seats
        seats[one], seats[other] = seats[other], seats[one]


def measure_seats(peer: Path | None, seconds: float, *, large: bool) -> None:
    """Print contacts beside the others, and what each took."""
    from placeweave.engines.grouping import Person, even_tables, plan

    print(f"{'people/tables/rounds':<22}{'bound':>6}{'chance':>8}{'greedy':>8}{'CPU':>6}{'CP-SAT':>8}{'CPU':>7}{'wall':>6}"
          f"{'ours':>7}{'CPU':>6}{'wall':>6}{'proved':>8}")  # fmt: skip
    shares = []
    for n, size, largest, rounds in CASES:
        organisation = skewed(n, largest)
        sizes = [one.seats for one in even_tables(n, size)]
        people = [Person(f"{place:03}", str(one)) for place, one in enumerate(organisation)]
        found, wall, cpu = timed(lambda p=people, n=n, s=size, r=rounds: plan(p, even_tables(n, s), r))
        bound = found.bounds.contacts_across
        drawn = sum(contacts(by_chance(n, sizes, rounds, seed), organisation) for seed in range(20)) / 20 / bound
        greedy, _wall, greedy_cpu = timed(lambda o=organisation, s=sizes, r=rounds: by_rounds(o, s, r))
        asked = {"organisation": organisation, "sizes": sizes, "rounds": rounds, "seconds": seconds}
        them = ask(peer if n < 120 or large else None, "seats", asked)
        theirs = (
            f"{contacts(them['rounds'], organisation) / bound:.3f}" if them.get("rounds") else "none" if them else "-"
        )
        shares.append(found.contacts_across / bound)
        share, took = contacts(greedy, organisation) / bound, [them.get(one, float("nan")) for one in ("cpu", "wall")]
        print(f"{f'{n}/{len(sizes)}/{rounds}':<22}{bound:>6}{drawn:>8.3f}{share:>8.3f}{greedy_cpu:>6.2f}"
              f"{theirs:>8}{took[0]:>7.1f}{took[1]:>6.1f}"
              f"{shares[-1]:>7.3f}{cpu:>6.2f}{wall:>6.2f}{'yes' if found.proved else 'no':>8}", flush=True)  # fmt: skip
    print(f"Ours: least {min(shares):.3f}, mean {sum(shares) / len(shares):.4f} (n = {len(shares)})\n")


def repeats(rounds: Any) -> int:
    """Count m (m - 1) / 2 over all pairs that sit together m times."""
    met = Counter((p, q) for one in rounds for table in one for p in table for q in table if p < q)
    return sum(times * (times - 1) // 2 for times in met.values())


def measure_perfect() -> None:
    """Print repeats of schedules in which nobody need meet twice, five seeds each, and of one in which some must."""
    from placeweave.engines.grouping import Person, even_tables, plan

    print(f"{'strangers':<22}{'least':>6}{'greedy':>8}{'ours, five seeds':>19}{'CPU, median':>13}{'most':>7}")
    for tables, size, rounds in (*GOLF, (5, 6, 5)):
        n = tables * size
        people = [Person(f"{place:03}") for place in range(n)]
        runs = [
            timed(lambda s=seed, p=people, z=size, r=rounds: plan(p, even_tables(len(p), z), r, seed=s))
            for seed in range(5)
        ]
        cpu = sorted(one[2] for one in runs)
        greedy = repeats(by_rounds(list(range(n)), [size] * tables, rounds))
        ours = " ".join(str(one[0].repeat_cost) for one in runs)
        print(f"{f'{tables}-{size}-{rounds}':<22}{runs[0][0].bounds.repeat_cost:>6}{greedy:>8}{ours:>19}{cpu[2]:>13.2f}"
              f"{cpu[-1]:>7.2f}")  # fmt: skip
    print()


def measure_varied() -> None:
    """Print the maximally diverse groups against what is known, four seconds each."""
    import numpy as np

    from placeweave.engines.grouping.diverse import spread

    if not SHARED.exists():
        return
    print(f"{'varied groups, 4 s':<22}{'known':>10}{'ours':>10}{'share':>8}")
    for name, known in MDGP.items():
        head, *lines = (SHARED / f"{name}.txt").read_text().splitlines()
        n, limits = int(head.split()[0]), [int(one) for one in head.split()[3:]]
        unlike = np.zeros((n, n))
        for one, other, differ in (line.split() for line in lines if line.strip()):
            unlike[int(one), int(other)] = unlike[int(other), int(one)] = float(differ)
        found = spread(unlike, limits[::2], limits[1::2], iterations=10**9, seconds=4).total
        print(f"{name:<22}{known:>10.2f}{found:>10.2f}{found / known:>8.4f}", flush=True)
    print()


# --- Cohorts ----------------------------------------------------------------------------------------


def applicants(n: int) -> list[dict[str, Any]]:
    """Draw applicants of five sectors, four places and some forty organisations, a few of them large."""
    chance = random.Random(0)
    return [
        {
            "waited": chance.randrange(200),
            "sector": chance.choices(["health", "police", "council", "fire", "third"], [30, 12, 25, 6, 20])[0],
            "place": chance.choice(["north", "south", "east", "west"]),
            "organisation": f"o{int(chance.paretovariate(0.8)) % 40}",
        }
        for _ in range(n)
    ]


def measure_cohorts(peer: Path | None, seconds: float) -> None:
    """Print how many people quotas are missed by, and what it took."""
    from placeweave.engines.grouping import Applicant, Cohort, Quota, select

    print(
        f"{'applicants/cohorts':<22}{'CP-SAT missed':>14}{'proved':>8}{'CPU':>7}"
        f"{'ours missed':>13}{'proved':>8}{'CPU':>7}"
    )
    for n, count in COHORTS:
        drawn = applicants(n)
        wished = [("sector", one, 4, 6) for one in ("health", "police", "council", "fire", "third")]
        wished += [("place", one, 5, 7) for one in ("north", "south", "east", "west")]
        wished += [("organisation", one, 0, 2) for one in sorted({one["organisation"] for one in drawn})]
        people = [
            Applicant(f"{number:03}", float(one["waited"]), {name: str(one[name]) for name in one if name != "waited"})
            for number, one in enumerate(drawn)
        ]
        quotas = [Quota(*one) for one in wished]
        found, _wall, cpu = timed(
            lambda p=people, c=count, q=quotas: select(p, [Cohort(f"{one}", 24) for one in range(c)], q)
        )
        asked = {"people": drawn, "cohorts": [24] * count, "quotas": wished, "seconds": seconds}
        them = ask(peer, "cohorts", asked)
        missed = sum(abs(one.wanted - one.got) for one in found.shortfalls)
        print(f"{f'{n}/{count} x 24':<22}{them.get('missed', '-')!s:>14}{'yes' if them.get('proved') else 'no':>8}"
              f"{them.get('cpu', float('nan')):>7.1f}{missed:>13}{'yes' if found.proved else 'no':>8}{cpu:>7.2f}",
              flush=True)  # fmt: skip


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peer-seconds", type=float, default=10.0)
    parser.add_argument("--large", action="store_true", help="ask CP-SAT for 120 people, too")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        answer_as_child(options.child)
        return
    sys.path.insert(0, str(ROOT / "src"))
    peer = peer_python()
    print(f"CP-SAT: {PEER}, {options.peer_seconds:g} s a case, two workers; all others one thread")
    measure_seats(peer, options.peer_seconds, large=options.large)
    measure_perfect()
    measure_varied()
    measure_cohorts(peer, options.peer_seconds)


if __name__ == "__main__":
    main()
