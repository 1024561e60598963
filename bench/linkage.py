"""Match organisations beside a naive fuzzy score and beside recordlinkage, and see how the work grows.

Run ``python bench/linkage.py`` from the root of the repository. Where ``--pairs`` (labelled pairs) and ``--grants``
(the 360Giving file their word weights come from) lie, it tells precision and recall on them; otherwise only how long
invented registers of 5,000 to 100,000 records take. ``--peers PYTHON`` names the interpreter of an environment that
holds recordlinkage, which placeweave itself does not need.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src")]

from rapidfuzz.fuzz import WRatio

from placeweave.engines.linkage import Pair, Record, is_automatic, judge, propose, split
from placeweave.engines.linkage.names import aliases, canonical
from placeweave.engines.linkage.weights import weigh

SHARED = ROOT.parent / "shared" / "data" / "standards"
SIZES = (5_000, 10_000, 30_000, 100_000)
PLACES = 300
Labelled = tuple[Record, Record, bool]


def record(key: str, org_id: str, name: str, postcode: str) -> Record:
    """Read one row as the engine knows it."""
    reading = split(org_id)
    numbers = (reading.number,) if reading and reading.number else ()
    return Record(key, name, numbers, (postcode,) if postcode else ())


def of_grants(file: Path) -> list[Record]:
    """Give every distinct (id, name) that receives a grant."""
    found: dict[tuple[str, str], str] = {}
    for grant in json.loads(file.read_text(encoding="utf-8"))["grants"]:
        for one in grant["recipientOrganization"]:
            found.setdefault((one["id"], one["name"]), one.get("postalCode", ""))
    return [record(f"{org_id}|{name}", org_id, name, place) for (org_id, name), place in found.items()]


def labelled(file: Path) -> list[Labelled]:
    """Give the pairs that people judged."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [(_side(row, "a"), _side(row, "b"), row["same_org"] == "1") for row in csv.DictReader(lines)]


def _side(row: dict[str, str], end: str) -> Record:
    return record(end, row[f"id_{end}"], row[f"name_{end}"], row[f"postcode_{end}"])


def told(name: str, taken: Sequence[bool], truth: Sequence[bool]) -> None:
    """Print one line: how many pairs a method takes, how many of them rightly, and how many it misses."""
    right = sum(took and true for took, true in zip(taken, truth, strict=True))
    chosen, there = sum(taken), sum(truth)
    print(f"{name:42} {chosen:6} {right / chosen if chosen else 0:10.3f} {right / there:8.3f}")


def judge_pairs(pairs: Sequence[Labelled], known: Sequence[Record]) -> None:
    """Say how each method does on labelled pairs."""
    weights, truth = weigh(known), [same for _one, _other, same in pairs]
    found: list[Pair | None] = [judge(one, other, weights) for one, other, _same in pairs]
    print(f"{len(pairs)} labelled pairs, {sum(truth)} of them the same")
    print(f"{'method':42} {'pairs':>6} {'precision':>10} recall")
    told("placeweave, taken as one", [one is not None and is_automatic(one) for one in found], truth)
    told("placeweave, taken or put before a person", [one is not None for one in found], truth)
    for least in (85, 90, 95):
        likeness = [WRatio(one.name.lower(), other.name.lower()) >= least for one, other, _same in pairs]
        told(f"rapidfuzz WRatio, at least {least}", likeness, truth)
    wrong = sum(
        same is False and one is not None and one.verdict == "automatic" for one, same in zip(found, truth, strict=True)
    )
    print(f"merged by itself although judged different: {wrong}")


# --- Invented registers -----------------------------------------------------------------------------------------------

_FIRST = (
    "Clachan Norwick Sandvoe Burra Tresta Walls Skeld Aith Brae Voe Hillswick Lerna Uyea Fetla Balta Quarff".split()
)
_LAST = "ness wick bost dale firth garth holm land sand setter stead thorpe toun vagr voe way".split()
_WHAT = (
    "Community Council|Men's Shed|Development Trust|Carers Centre|Youth Club|Food Bank|"
    "Citizens Advice Bureau|Playgroup|Community Association|Housing Association|Bowling Club|"
    "Public Hall|History Society|Sports Club|Credit Union|"
    "Women's Aid|Law Centre|Befriending Project|Older People's Forum|Gaelic Choir|Harbour Trust|Arts Centre"
).split("|")
_FORMS = ("{}", "{} Ltd", "The {}", "{} SCIO", "{} (Scotland)", "{} Limited", "{} CIC")


def register(count: int, seed: int) -> list[Record]:
    """Invent a register in which three in a hundred stand twice, spelt in another way and mostly at the same place.

    A fifth have a number, so that names and places have the work to do. Words are as uneven as in real registers: a few
    kinds of body in thousands of towns, many with a word or two of their own.
    """
    draw = random.Random(seed)
    own = [
        draw.choice(_FIRST) + draw.choice(_LAST) + draw.choice(("", " East", " West", " Upper")) for _ in range(PLACES)
    ]
    own += [
        "".join(draw.choice("bcdfglmnrst") + draw.choice("aeiou") for _ in range(draw.randint(2, 4)))
        for _ in range(count // 2)
    ]
    return list(_rows(draw, own, count))


def _rows(draw: random.Random, own: Sequence[str], count: int) -> Iterator[Record]:
    made: list[Record] = []
    while len(made) < count:
        if made and draw.random() < 0.03:
            first = draw.choice(made)
            name = draw.choice(_FORMS).format(first.name.replace(" and ", " & "))
            made.append(Record(f"{len(made):07}", name, first.numbers if draw.random() < 0.5 else (), first.postcodes))
        else:
            name = f"{draw.choice(own)} {draw.choice(_WHAT)}".title()
            area = f"{draw.choice('ABDEGHIKLPTZ')}{draw.choice('ABDEGHLNRSTY')}{draw.randint(1, 2 + count // 3000)}"
            code = f"{area} {draw.randint(0, 9)}{draw.choice('ABDEFGH')}{draw.choice('ABDEFGHJLN')}"
            reading = split(f"GB-SC-SC{draw.randint(0, 999_999):06}") if draw.random() < 0.2 else None
            numbers = (reading.number,) if reading and reading.number else ()
            made.append(Record(f"{len(made):07}", name, numbers, (code,)))
    yield from made


def timed(records: Sequence[Record]) -> tuple[float, float, Sequence[Pair]]:
    """Give the seconds of the clock and of the processor that matching takes, no name having been read before."""
    canonical.cache_clear()
    aliases.cache_clear()
    clock, busy = time.perf_counter(), time.process_time()
    found = propose(records)
    return time.perf_counter() - clock, time.process_time() - busy, found


def grow(sizes: Sequence[int], seed: int, times: int) -> None:
    """Say how long registers of growing size take, and what that is beside n log n from the first size on.

    Of several runs the one that took the processor least counts: other work on a machine only adds. The first size is
    matched once before, so that what is loaded once in a process is not laid to it.
    """
    timed(register(sizes[0], seed))
    heads = f"{'records':>8} {'seconds':>8} {'CPU s':>7} {'µs a record':>12} {'/ n log n':>10} {'peak MB':>8}"
    print(f"\n{heads}  verdicts")
    first = 0.0
    for size in sizes:
        records = register(size, seed)
        seconds, busy, found = min((timed(records) for _ in range(times)), key=lambda run: run[1])
        share = busy / (size * math.log(size))
        first = first or share
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        verdicts = ", ".join(f"{count} {name}" for name, count in sorted(Counter(one.verdict for one in found).items()))
        figures = f"{size:8} {seconds:8.1f} {busy:7.2f} {1e6 * busy / size:12.0f} {share / first:10.2f} {peak:8.0f}"
        print(f"{figures}  {verdicts}", flush=True)


# --- A peer in its own environment ------------------------------------------------------------------------------------

_PEER = """
import csv, sys, time
import pandas, recordlinkage
rows = list(csv.DictReader(sys.stdin))
def side(end):
    return pandas.DataFrame([{"name": r["name_" + end].lower(), "place": r["postcode_" + end]} for r in rows])
pairs = pandas.MultiIndex.from_arrays([range(len(rows)), range(len(rows))])
compare = recordlinkage.Compare()
compare.string("name", "name", method="jarowinkler", threshold=0.85, label="name")
compare.exact("place", "place", label="place")
compare.string("place", "place", method="jarowinkler", threshold=0.8, label="near")
features = compare.compute(pairs, side("a"), side("b")).astype(int)
matches = set(recordlinkage.ECMClassifier().fit_predict(features).get_level_values(0))
truth = {n for n, r in enumerate(rows) if r["same_org"] == "1"}
right = len(matches & truth)
found = (len(matches), right / max(len(matches), 1), right / len(truth))
print("{:42} {:6} {:10.3f} {:8.3f}".format("recordlinkage, ECM unsupervised", *found))
"""


def beside(python: str, pairs: Path) -> None:
    """Let recordlinkage judge the same pairs, in its own environment."""
    with pairs.open(encoding="utf-8-sig") as rows:
        subprocess.run([python, "-c", _PEER], stdin=rows, check=True)


def main() -> None:
    """Measure what can be measured here."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--pairs", type=Path, default=SHARED / "orgs" / "linkage_labelled_pairs.csv")
    asked.add_argument("--grants", type=Path, default=SHARED / "360giving" / "abct-grants.json")
    asked.add_argument("--peers", help="the interpreter of an environment with recordlinkage")
    asked.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--times", type=int, default=3, help="runs of each size, of which the quickest counts")
    told_to = asked.parse_args()
    if told_to.pairs.exists() and told_to.grants.exists():
        judge_pairs(labelled(told_to.pairs), of_grants(told_to.grants))
        if told_to.peers:
            beside(told_to.peers, told_to.pairs)
    grow(told_to.sizes, told_to.seed, told_to.times)


if __name__ == "__main__":
    main()
