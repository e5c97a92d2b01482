"""A filter for a given shift, order and input: poles are searched for in floats, then written down as doubles and enclosed.

The search proves nothing. What is returned is judged as written: poles and weights are rounded to float64 in exact conjugate
pairs, read back as exact dyadic rationals, and their loss is enclosed. It is held against an enclosure of the loss of the
paper's explicit filter, and against the lower bound for every filter of that order (`floors`).

Candidates: the paper's poles; evenly spaced poles with radius and spacing tuned; the same with radii and spacing tapered
towards the edge; poles left free, by the exact gradient.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb

from numeric.errors import PrecisionExhausted, Refused, refusal
from numeric.families import paper, paper_weights
from numeric.floors import Floor, floor
from numeric.optimum import check_rho, loss_of, optimum
from numeric.poles import Cartesian, exact
from numeric.reference import Gaussian, gaussian

WHERE = "numeric.design"
ORDER_LIMIT, SHIFT_LIMIT = 1024, 10**12
FREE, TAPERED = 300, 300  # orders up to which poles are left free, and up to which edges are tapered
DIGITS = 40
ALPHA = Fraction(1, 2)  # of the paper's filter


@dataclass(frozen=True)
class Design:
    """poles, weights: complex128 (S,), closed under conjugation, the filter as written. loss: enclosure of its loss. paper: enclosure
    of the loss of the paper's filter of order `paper_order`. bound: no filter of this order does better at this K."""

    poles: np.ndarray
    weights: np.ndarray
    K: int
    rho: Fraction
    loss: arb
    paper: arb
    paper_order: int
    bound: Floor
    family: str


def paper_loss(S: int, K: int, rho: Fraction, alpha: Fraction = ALPHA, digits: int = DIGITS) -> arb:
    """Enclosure of the loss of the explicit filter with its closed-form weights; S odd."""
    def weights() -> list:
        return paper_weights(S, K, arb(alpha.numerator) / alpha.denominator, arb.exp)

    return loss_of(paper(S, K, alpha), weights, K, rho, digits)


def captured(logs: np.ndarray, K: int, rho: float) -> float:
    """1 − min L in float64 from the logarithms of the poles; −∞ where the Gram matrix is singular to working precision."""
    C = -1 / np.expm1(logs[:, None] + logs[None, :].conj())
    y = np.exp(K * logs)
    if rho:
        a = np.exp(logs)
        gap = a - rho
        gap[np.abs(gap) < 1e-12] = 1e-12
        y = (y * a * (1 - rho**2) - rho ** (K + 1) * (1 - a * rho)) / gap
        C = (1 - rho**2) * C + rho**2
    try:
        half = np.linalg.cholesky(C)
        return float(np.sum(np.abs(np.linalg.solve(half, y)) ** 2))
    except np.linalg.LinAlgError:
        return -math.inf


def _places(S: int) -> np.ndarray:
    """−(S−1)/2 … (S−1)/2."""
    return np.arange(S) - (S - 1) / 2


def _even(S: int, K: int) -> Callable[[np.ndarray], np.ndarray]:
    """log a_s = −e^{p_0}/K + iπ e^{p_1} s/K."""
    return lambda p: (-math.exp(p[0]) + 1j * math.pi * math.exp(p[1]) * _places(S)) / K


def _tapered(S: int, K: int) -> Callable[[np.ndarray], np.ndarray]:
    """The same with the decay times E^{p_2} and the angle times 1 + p_3 log(E)/S, E = 1/(1 − x²), x = 2s/(S+1)."""
    edge = 1 / (1 - (2 * _places(S) / (S + 1)) ** 2)  # grows to about S/4 at the edge
    places = _places(S)

    def logs(p: np.ndarray) -> np.ndarray:
        decay = math.exp(p[0]) * edge ** p[2]
        return (-decay + 1j * math.pi * math.exp(p[1]) * places * (1 + p[3] * np.log(edge) / S)) / K

    return logs


def _free(S: int, K: int) -> Callable[[np.ndarray], np.ndarray]:
    """Conjugate pairs e^{(−e^{p} ± iq)/K}, and a real pole when S is odd."""
    half = S // 2

    def logs(p: np.ndarray) -> np.ndarray:
        pairs = (-np.exp(p[:half]) + 1j * p[half:2 * half]) / K
        lone = [-math.exp(p[-1]) / K] if S % 2 else []
        return np.concatenate([pairs, pairs.conj(), lone])

    return logs


def _freed(logs: np.ndarray, K: int, rho: float) -> np.ndarray:
    """Logarithms of poles that capture no less, from a local search over all pairs with the exact gradient (`fast`)."""
    from scipy.optimize import minimize

    from numeric import fast

    S, half = len(logs), len(logs) // 2
    free, upper = _free(S, K), logs[logs.imag > 1e-9 / K][:half] * K
    lone = [math.log(-logs[np.argmin(np.abs(logs.imag))].real * K)] if S % 2 else []
    start = np.concatenate([np.log(-upper.real), upper.imag, lone])
    scale = captured(logs, K, rho)

    def height(p: np.ndarray) -> tuple[float, np.ndarray]:
        poles = free(p)
        value, slope = fast.gradient(poles, K, rho)
        pairs = 4 * slope[:half]  # ∂F/∂Re log a and −∂F/∂Im log a of a pole and its mirror image together
        change = [pairs.real * poles[:half].real, -pairs.imag / K, [2 * slope[-1].real * poles[-1].real] if S % 2 else []]
        good = math.isfinite(value) and 0 <= value <= 1
        return (-value / scale, -np.concatenate(change) / scale) if good else (0.0, np.zeros(len(p)))

    limits = {"maxiter": 600, "maxcor": 20, "ftol": 1e-15, "gtol": 1e-12}
    with np.errstate(all="ignore"):  # a step may leave the disk; its height says so
        found = free(minimize(height, start, jac=True, method="L-BFGS-B", options=limits).x)
        return found if captured(found, K, rho) > scale else logs


def _climb(logs: Callable, start: np.ndarray, K: int, rho: float, calls: int) -> np.ndarray:
    """Parameters that a local search prefers to `start`; the better of the two."""
    from scipy.optimize import minimize

    def height(p: np.ndarray) -> float:
        try:
            value = captured(logs(p), K, rho)
        except (OverflowError, ValueError):
            return 1.0
        return -value if math.isfinite(value) and 0 <= value <= 1 + 1e-6 else 1.0

    with np.errstate(all="ignore"):  # a step may leave the disk; its height says so
        scale = max(-height(start), 1e-300)
        found = minimize(lambda p: height(p) / scale, start, method="Nelder-Mead", options={"maxfev": calls}).x
        return found if height(found) < height(start) else start


def candidates(S: int, K: int, rho: float) -> Iterator[tuple[str, np.ndarray]]:
    """(family, logarithms of the poles), tuned to the input."""
    order = S if S % 2 else S - 1  # the paper's filter has odd order; a filter of order S − 1 is one of order S
    if order and order < 2 * K:
        yield f"paper, order {order}, best weights", _even(order, K)(np.array([math.log(0.5), 0.0]))
    even = _even(S, K)
    spread = min(2 / (1 + S ** (-1 / 3)), 2 * K / S)
    starts = [np.array([math.log(size), math.log(spread * share)]) for size, share in ((0.5, 0.5), (0.35 * S ** (-1 / 6) + 0.15, 0.95))]
    calls = 120 if S <= TAPERED else 24
    found = max((_climb(even, start, K, rho, calls) for start in starts), key=lambda p: captured(even(p), K, rho))
    yield "sharp: evenly spaced, tuned", even(found)
    if 3 <= S <= TAPERED:
        tapered = _tapered(S, K)
        found = _climb(tapered, np.array([*found, 0.05, 0.0]), K, rho, 320)
        yield "sharp, tapered towards the edge", tapered(found)
    if S <= FREE:
        yield "free poles", _freed(even(found) if len(found) == 2 else _tapered(S, K)(found), K, rho)


def rounded(logs: np.ndarray) -> np.ndarray:
    """The poles as doubles: those with positive imaginary part, their exact conjugates, and the real ones, sorted by angle."""
    a = np.exp(logs)
    near = np.abs(logs.imag) <= 1e-9 * np.max(np.abs(logs))
    upper, lone = a[(logs.imag > 0) & ~near], a[near].real
    poles = np.concatenate([upper.conj()[np.argsort(-upper.imag)], lone.astype(complex), upper[np.argsort(upper.imag)]])
    return poles + 0.0  # no negative zeros


def dyadic(values: np.ndarray) -> list[Gaussian]:
    """The doubles, exactly."""
    return [gaussian(complex(value)) for value in values]


def best_weights(poles: np.ndarray, K: int, rho: Fraction) -> np.ndarray:
    """The best weights of these poles, rounded to doubles; exact conjugates at conjugate poles."""
    found = optimum(dyadic(poles), K, rho, digits=20)
    if len(found.poles) < len(poles):
        raise Refused("two poles became equal when they were rounded")
    b = np.array([complex(float(z.real.mid()), float(z.imag.mid())) for z in found.weights])
    for s, pole in enumerate(poles):
        mirror = int(np.flatnonzero(poles == pole.conjugate())[0])
        b[s] = b[s].real if mirror == s else (b[s] if mirror > s else b[mirror].conjugate())
    return b + 0.0


def enclosed_loss(poles: np.ndarray, weights: np.ndarray, K: int, rho: Fraction, digits: int = DIGITS) -> arb:
    """Enclosure of the loss of the doubles as they are; raises `Refused` when a pole is not in the open disk."""
    return loss_of(exact([Cartesian(a) for a in dyadic(poles)]), dyadic(weights), K, rho, digits)


def design(S: int, K: int, rho=0) -> Design:
    """The best candidate as written, shown to be no worse than the paper's filter; 1 ≤ S ≤ 1024, 1 ≤ K ≤ 10^12."""
    rho = check_rho(WHERE, rho)
    for what, value, most in (("order", S, ORDER_LIMIT), ("shift", K, SHIFT_LIMIT)):
        if not 1 <= value <= most:
            raise refusal(WHERE, what, f"{what} should be from 1 to {most}", f"it is {value}", f"{what} = {value}",
                          "eigenproof loss takes larger ones; doubles cannot hold poles closer to the circle")
    order = S if S % 2 else S - 1
    reference = paper_loss(order, K, rho)
    best = None
    for family, logs in candidates(S, K, float(rho)):
        try:
            poles = rounded(logs)
            weights = best_weights(poles, K, rho)
            loss = enclosed_loss(poles, weights, K, rho)
        except (Refused, PrecisionExhausted):
            continue  # a candidate that doubles cannot hold
        if best is None or (loss.upper() < best.loss.upper()) is True:
            best = Design(poles, weights, K, rho, loss, reference, order, floor(S, K, rho), family)
    if best is None or (best.loss <= reference) is not True:
        reached = "no candidate can be written in doubles" if best is None else f"the best one has loss {best.loss.str(20)}"
        raise PrecisionExhausted(f"no filter in float64 could be shown to be no worse than the paper's, {reference.str(20)}: {reached}")
    return best

