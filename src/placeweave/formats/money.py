"""Reading amounts of money: exact decimals, never a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from placeweave.formats.problems import Severity

_PLAIN = re.compile(r"-?\d+(?:\.\d*)?|-?\.\d+")
_DRESSED = re.compile(
    r"(?P<sign>-?)(?:[£€$]|[A-Z]{3} ?)?(?P<minus>-?)"
    r"(?P<figures>\d{1,3}(?:[, ]\d{3})+|\d+)(?P<pence>\.\d+)?(?: ?[A-Z]{3})?"
)
_BRACKETED = re.compile(r"\((.+)\)")
MAX_WHOLE_DIGITS = 12
MAX_PLAIN_DIGITS = 40
_PENNY = Decimal("0.01")
SUPPRESSED = "*"


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """One cell read as money; ``offered`` is the likely reading of a cell that a person must confirm."""

    value: Decimal | None
    severity: Severity | None = None
    reason: str = ""
    offered: Decimal | None = None


def read_money(text: str) -> MoneyCell:
    """Read a plain number; hold anything dressed up (``£12,000``) and offer what it probably means."""
    text = text.strip()
    if not text:
        return MoneyCell(None)
    if text == SUPPRESSED:
        return MoneyCell(None, "held", "A star stands for a figure that was suppressed: it is neither 0 nor missing.")
    if _PLAIN.fullmatch(text):
        return _plain(Decimal(text))
    offered = _likely(text)
    if offered is None:
        return MoneyCell(None, "held", f"“{text}” is not an amount of money; write it as 12000.50.")
    return MoneyCell(None, "held", f"“{text}” is text, not a number: is {offered:f} meant?", offered)


def plain_number(number: Decimal) -> str:
    """Write a decimal without exponent or idle zeros: 40000.0 becomes 40000."""
    if not number.is_finite() or abs(number.adjusted()) > MAX_PLAIN_DIGITS:
        return str(number)  # written out, 1e999999999 would fill the memory
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _plain(amount: Decimal) -> MoneyCell:
    if amount.adjusted() >= MAX_WHOLE_DIGITS:
        return MoneyCell(None, "held", "This is larger than any amount of money we would expect.")
    pennies = amount.quantize(_PENNY)
    if pennies != amount:
        return MoneyCell(pennies, "warning", f"Rounded to {pennies}: an amount has two decimals.")
    if amount <= 0:
        return MoneyCell(amount, "warning", "This amount is 0." if amount == 0 else "This amount is below 0.")
    return MoneyCell(amount)


def _likely(text: str) -> Decimal | None:
    bracketed = _BRACKETED.fullmatch(text)
    match = _DRESSED.fullmatch(bracketed[1].strip() if bracketed else text)
    if match is None:
        return None
    amount = Decimal(re.sub(r"[, ]", "", match["figures"]) + (match["pence"] or ""))
    if amount.adjusted() >= MAX_WHOLE_DIGITS:
        return None
    return -amount if bracketed or match["sign"] or match["minus"] else amount
