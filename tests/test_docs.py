"""What the documentation says can be done can be done, and no tracked file speaks of the machine it was written on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from placeweave import __version__, cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PICTURES_TO_COME = {"docs/pictures/home.png"}
"""Made by the browser journeys; shown once they have run."""

FENCE = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".html", ".css", ".js", ".svg", ".po", ".sh", ".cfg", ""}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def commands() -> list[tuple[str, str]]:
    """List every line of every shell block, with the page it stands on."""
    return [
        (name(page), line.strip())
        for page in PAGES
        for block in FENCE.findall(page.read_text(encoding="utf-8"))
        for line in block.splitlines()
        if line.strip()
    ]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / one for one in listed.split("\0") if one]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def test_the_documentation_names_commands() -> None:
    assert ("README.md", "make demo") in commands()
    assert ("README.md", "make test") in commands()


@pytest.mark.parametrize(("page", "line"), commands(), ids=lambda value: value)
def test_every_command_in_the_documentation_exists(page: str, line: str) -> None:
    program, *words = line.split()
    if program == "make":
        assert words[0] in targets()
    elif program.endswith("placeweave"):
        assert words[0] in cli.COMMANDS
    elif program == "export":  # of the shell
        assert words[0].split("=")[0] in (ROOT / "docs/guides/operator.md").read_text(encoding="utf-8")
    else:
        assert (ROOT / program).exists(), f"{page} names {program}"


@pytest.mark.parametrize(
    "mentioned", sorted(set(re.findall(r"`make ([a-z-]+)`", "".join(p.read_text() for p in PAGES))))
)
def test_every_target_mentioned_exists(mentioned: str) -> None:
    assert mentioned in targets()


def test_every_target_makes_sure_of_its_tools_and_says_what_it_does() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in targets() - {"help"}:
        assert re.search(rf"^{target}:.*## \w", makefile, re.MULTILINE), f"{target} does not say what it does"
    for target in targets() - {"help", "setup", "setup-dev", "lock", "clean"}:
        assert re.search(rf"^{target}: setup", makefile, re.MULTILINE), f"{target} does not set up first"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        target, _, _ = link.partition("#")
        if not target or "://" in target or target.startswith("mailto:"):
            continue
        path = (page.parent / target).resolve()
        assert path.exists() or name(path) in PICTURES_TO_COME, f"{name(page)} links to {target}"


def test_every_decision_is_listed() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert all(decision.name in index for decision in (ROOT / "docs" / "decisions").glob("*.md"))


def test_every_test_named_as_proof_exists() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", "".join(page.read_text(encoding="utf-8") for page in PAGES))
    assert named
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_setting_is_explained_to_operators() -> None:
    settings = (ROOT / "src" / "placeweave" / "settings.py").read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "guides" / "operator.md").read_text(encoding="utf-8")
    asked = set(re.findall(r'environ\.get\("(\w+)"', settings))
    assert asked
    assert {name for name in asked if f"`{name}`" not in guide} == set()


def test_continuous_integration_runs_what_the_documentation_names() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    begun = " ".join(re.findall(r"^line ([a-z -]+?)(?: &)?$", script, re.MULTILINE)).split()
    told = " ".join(re.findall(r"^told ([a-z -]+)$", script, re.MULTILINE)).split()
    assert sorted(begun) == sorted(told) == ["check", "setup-dev", "test", "test-browser", "test-postgres"]


def test_the_changelog_knows_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "lock", ["requirements.txt", "requirements-dev.txt", "scripts/requirements-node.txt", "package-lock.json"]
)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "sha256:" in text or '"integrity": "sha512-' in text


# Split, so that this file does not trip over itself.
MACHINE = re.compile(r"(?<![\w.:/*-])/(?:home|root|Users|work|farm|private|tmp)/[\w.]", re.IGNORECASE)
REGISTRIES = re.compile("|".join(["registry" + r"\.npmjs", "files" + r"\.python" + "hosted", "pypi" + r"\.org"]))


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    for path in tracked():
        text = path.read_text(encoding="utf-8", errors="replace")
        for pattern in (MACHINE, REGISTRIES):
            found = pattern.search(text)
            assert found is None, f"{name(path)} names {found[0]}"
