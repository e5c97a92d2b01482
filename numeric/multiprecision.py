"""F_K, best weights and loss to a requested number of digits, in mpmath.

Every call works in a context of its own, so the precision of `mpmath.mp` is neither read nor changed. Results are computed
at growing precision until two successive ones agree to `digits` digits (relative): a stopping rule, not a proof; `balls`
gives enclosures. Two routes: `closed`, O(S²), from w_s = Π_k(1 − a_s ā_k)/Π_{k≠s}(a_s − a_k); `solve`, O(S³), by LU on C.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import mpmath

from numeric.errors import PrecisionExhausted, Refused, check_shift
from numeric.poles import Pole, exact, gaussian, to_mpc

LIMIT = 20_000  # decimal digits of working precision


def _context(digits: int):
    context = mpmath.mp.clone()
    context.dps = digits
    return context


def _agree(old: Sequence, new: Sequence, digits: int) -> bool:
    """Normwise agreement: max |old − new| ≤ 10^−digits · max |new|."""
    gap = max(abs(x - y) for x, y in zip(old, new, strict=True))
    return gap * 10**digits <= max(abs(y) for y in new)


def _settled(evaluate: Callable, digits: int, K: int, S: int) -> list:
    """`evaluate(context)` at guard digits log₁₀K + log₁₀S + 10, doubled until two results agree; rounded to `digits`."""
    K = check_shift("numeric.multiprecision", K)
    guard, old = math.ceil(math.log10(K + 1) + math.log10(S)) + 10, None
    while digits + guard <= LIMIT:
        try:
            new = evaluate(_context(digits + guard))
        except ZeroDivisionError:  # singular at this precision
            new = None
        if old is not None and new is not None and _agree(old, new, digits):
            final = _context(digits)
            return [final.convert(value) * 1 for value in new]
        old, guard = new, 2 * guard
    raise PrecisionExhausted(f"no agreement to {digits} digits below {LIMIT} working digits; "
                             "equal poles? gram.capture takes repeated poles")


def _distinct(poles) -> tuple[Pole, ...]:
    """Exact poles in the open disk, no two of them given by equal data."""
    poles = exact(poles)
    if len(set(poles)) < len(poles):
        raise Refused("the poles should be distinct; gram.capture and reference.capture_dense take repeated poles")
    return poles


def _weights_closed(poles, K: int, mp) -> list:
    a = [to_mpc(pole, mp) for pole in poles]
    size = range(len(a))
    w = [mp.fprod(1 - a[s] * a[k].conjugate() for k in size) / mp.fprod(a[s] - a[k] for k in size if k != s) for s in size]
    q = [mp.conj(w[s] * a[s] ** K) for s in size]
    return [w[s] * mp.fsum(q[t] / (1 - a[s] * a[t].conjugate()) for t in size) for s in size]


def _weights_solve(poles, K: int, mp) -> list:
    a = [to_mpc(pole, mp) for pole in poles]
    C = mp.matrix([[1 / (1 - s * t.conjugate()) for t in a] for s in a])
    return [mp.conj(b) for b in mp.lu_solve(C, mp.matrix([s**K for s in a]))]


ROUTES = {"closed": _weights_closed, "solve": _weights_solve}


def _route(method: str) -> Callable:
    if method not in ROUTES:
        raise Refused(f"method should be one of {', '.join(ROUTES)}; here {method!r}")
    return ROUTES[method]


def optimal_weights(poles, K: int, digits: int, method: str = "closed") -> list:
    """b with b̄ = C⁻¹ a^K (UP.P16), S complex numbers accurate relative to the largest of them; distinct poles."""
    poles, route = _distinct(poles), _route(method)
    return _settled(lambda mp: route(poles, K, mp), digits, K, len(poles))


def capture(poles, K: int, digits: int, method: str = "closed"):
    """F_K = Σ b_s a_s^K at the best b, a real number; distinct poles, any K."""
    poles, route = _distinct(poles), _route(method)

    def evaluate(mp):
        b = route(poles, K, mp)
        return [mp.fsum(weight * to_mpc(pole, mp) ** K for weight, pole in zip(b, poles, strict=True)).real]

    return _settled(evaluate, digits, K, len(poles))[0]


def loss(poles, weights, K: int, digits: int):
    """L = 1 + Σ b_s b̄_t/(1 − a_s ā_t) − 2 Re Σ b_s a_s^K (UP.P15) for exact weights (anything `reference.gaussian` reads)."""
    poles, weights = exact(poles), [gaussian(weight) for weight in weights]

    def evaluate(mp):
        a = [to_mpc(pole, mp) for pole in poles]
        b = [mp.mpc(mp.mpf(w.re.numerator) / w.re.denominator, mp.mpf(w.im.numerator) / w.im.denominator) for w in weights]
        pairs = list(zip(a, b, strict=True))
        energy = mp.fsum(x * y.conjugate() / (1 - s * t.conjugate()) for s, x in pairs for t, y in pairs)
        return [1 + energy.real - 2 * mp.fsum(x * s**K for s, x in pairs).real]

    return _settled(evaluate, digits, K, len(poles))[0]
