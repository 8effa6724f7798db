"""Where the checkout and the case tables of the tests are. pytest finds this by `pythonpath`."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
