"""Settings every test shares: Hypothesis profiles, and precision put back after each test."""

import os
import sys

import pytest
from hypothesis import HealthCheck, settings

SLOW_MACHINE = [HealthCheck.too_slow]
settings.register_profile("dev", deadline=None, max_examples=50, print_blob=True)
settings.register_profile("ci", deadline=None, max_examples=100, print_blob=True, suppress_health_check=SLOW_MACHINE)
settings.register_profile("nightly", deadline=None, max_examples=5000, print_blob=True, suppress_health_check=SLOW_MACHINE)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(autouse=True)
def _precision_restored():
    """mpmath and python-flint keep their precision in global state; no test may leave another's changed."""
    before = {name: sys.modules[name] for name in ("mpmath", "flint") if name in sys.modules}
    precision = {name: _context(module).prec for name, module in before.items()}
    yield
    for name, module in before.items():
        _context(module).prec = precision[name]


def _context(module):
    return module.mp if module.__name__ == "mpmath" else module.ctx
