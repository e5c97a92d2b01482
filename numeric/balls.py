"""Enclosures of F_K, best weights and loss in Arb: the true value lies in the ball returned, by the rules of ball arithmetic.

Poles are exact data (`poles`); no double is ever read as a decimal. Precision is set in `ctx.workprec` blocks only: python-flint
keeps one precision for all threads of a process, so use processes, not threads. Working precision starts at the target plus
log K + log S + 10 decimal guard digits and doubles until the ball is small enough. Products are balanced trees: taken one by
one, complex balls wrap and lose up to 111 digits at S = 1024.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from flint import acb, acb_mat, arb, ctx, fmpz

from numeric.errors import PrecisionExhausted, Refused, check_shift
from numeric.poles import Pole, cartesian_ball, defect_ball, difference_ball, exact, gaussian, power_ball, to_acb

LIMIT = 1 << 20  # bits of working precision
DIGIT = math.log2(10)


def less(x: arb, y: arb) -> bool | None:
    """True: every point of x is < every point of y. False: every point of x is ≥ every point of y. None: undecided."""
    if (x < y) is True:
        return True
    return False if (x >= y) is True else None


def pack(x: arb) -> tuple[int, int, int, int]:
    """(m, e, r, f): m·2^e is the midpoint exactly, r·2^f the radius rounded up to 29 bits; raises `Refused` when not finite.

    29 bits because python-flint 0.9 widens a 30-bit radius when it reads one back: `unpack` is exact on what `pack` writes."""
    if not x.is_finite():
        raise Refused(f"only finite balls have an integer form; here {x}")
    r, f = map(int, x.rad().man_exp())
    drop = max(0, r.bit_length() - 29)
    r, f = -(-r >> drop), f + drop
    twos = (r & -r).bit_length() - 1 if r else 0
    return (*map(int, x.mid().man_exp()), r >> twos, f + twos)


def unpack(m: int, e: int, r: int, f: int) -> arb:
    """The ball m·2^e ± r·2^f; exact for r below 2^29, an enclosure otherwise, whatever the working precision."""
    return arb(mid=(fmpz(m), fmpz(e)), rad=(fmpz(r), fmpz(f)))


def product(factors: Sequence[acb]) -> acb:
    """Π of the factors by a balanced tree; 1 when there are none."""
    factors = list(factors) or [acb(1)]
    while len(factors) > 1:
        pairs = [x * y for x, y in zip(factors[::2], factors[1::2], strict=False)]
        factors = pairs + factors[len(pairs) * 2:]
    return factors[0]


def _sharp(values: Sequence, digits: int) -> bool:
    """Every ball finite and narrower than 10^−digits times the largest modulus among them."""
    if not all(value.is_finite() for value in values):
        return False
    radius = max(float(_radius(value).log() / arb(10).log()) if not value.is_exact() else -math.inf for value in values)
    size = max(value.abs_lower() for value in values)
    return radius == -math.inf or ((size > 0) is True and radius + digits < float(size.log() / arb(10).log()))


def _radius(value) -> arb:
    return max(value.real.rad(), value.imag.rad()) * 2 if isinstance(value, acb) else value.rad()


def _adaptive(evaluate: Callable[[], list], digits: int, K: int, S: int) -> list:
    """`evaluate()` at growing precision until `_sharp`; the guard bits double each time."""
    K = check_shift("numeric.balls", K)
    guard = math.ceil((math.log10(K + 1) + math.log10(S) + 10) * DIGIT)
    target = math.ceil(digits * DIGIT)
    while target + guard <= LIMIT:
        with ctx.workprec(target + guard):
            try:
                values = evaluate()
            except ZeroDivisionError:  # the matrix could not be shown to be invertible at this precision
                values = None
            if values is not None and _sharp(values, digits):
                return values
        guard *= 2
    raise PrecisionExhausted(f"no ball narrower than {digits} digits below {LIMIT} bits; "
                             "equal poles? gram.capture takes repeated poles")


def _distinct(poles) -> tuple[Pole, ...]:
    poles = exact(poles)
    if len(set(poles)) < len(poles):
        raise Refused("the poles should be distinct; gram.capture and reference.capture_dense take repeated poles")
    return poles


def _weights_closed(poles: Sequence[Pole], K: int) -> list[acb]:
    """b_s = w_s Σ_t q̄_t/(1 − a_s ā_t), w_s = Π_k(1 − a_s ā_k)/Π_{k≠s}(a_s − a_k), q = w a^K."""
    size = range(len(poles))
    defects = [[defect_ball(s, t) for t in poles] for s in poles]
    w = [product(defects[s]) / product([difference_ball(poles[s], poles[k]) for k in size if k != s]) for s in size]
    q = [(w[s] * power_ball(poles[s], K)).conjugate() for s in size]
    return [w[s] * sum((q[t] / defects[s][t] for t in size), acb(0)) for s in size]


def _weights_solve(poles: Sequence[Pole], K: int) -> list[acb]:
    C = acb_mat([[1 / defect_ball(s, t) for t in poles] for s in poles])
    solution = C.solve(acb_mat([[power_ball(s, K)] for s in poles]))
    return [solution[s, 0].conjugate() for s in range(len(poles))]


ROUTES = {"closed": _weights_closed, "solve": _weights_solve}


def _route(method: str) -> Callable:
    if method not in ROUTES:
        raise Refused(f"method should be one of {', '.join(ROUTES)}; here {method!r}")
    return ROUTES[method]


def optimal_weights(poles, K: int, digits: int = 30, method: str = "closed") -> list[acb]:
    """Enclosures of b with b̄ = C⁻¹ a^K (UP.P16), narrower than 10^−digits relative to the largest; distinct poles."""
    poles, route = _distinct(poles), _route(method)
    return _adaptive(lambda: route(poles, K), digits, K, len(poles))


def _captured(poles: Sequence[Pole], K: int, route: Callable) -> arb:
    return sum((b * power_ball(s, K) for b, s in zip(route(poles, K), poles, strict=True)), acb(0)).real


def capture(poles, K: int, digits: int = 30, method: str = "closed") -> arb:
    """Enclosure of F_K with relative radius below 10^−digits; distinct poles, any K ≥ 0."""
    poles, route = _distinct(poles), _route(method)
    return _adaptive(lambda: [_captured(poles, K, route)], digits, K, len(poles))[0]


def best_loss(poles, K: int, digits: int = 30, method: str = "closed") -> arb:
    """Enclosure of min_b L = 1 − F_K (UP.P16) with relative radius below 10^−digits; distinct poles."""
    poles, route = _distinct(poles), _route(method)
    return _adaptive(lambda: [1 - _captured(poles, K, route)], digits, K, len(poles))[0]


def loss(poles, weights, K: int, digits: int = 30) -> arb:
    """Enclosure of L = 1 + Σ b_s b̄_t/(1 − a_s ā_t) − 2 Re Σ b_s a_s^K (UP.P15), relative radius below 10^−digits.

    weights: exact numbers (anything `reference.gaussian` reads), or a function without arguments that returns balls at the
    working precision, as in `lambda: families.paper_weights(S, K, arb("0.5"), arb.exp)`."""
    poles = exact(poles)
    fixed = None if callable(weights) else [gaussian(weight) for weight in weights]

    def evaluate() -> list[arb]:
        b = map(acb, weights()) if fixed is None else map(cartesian_ball, fixed)
        pairs = list(zip(poles, b, strict=True))
        energy = sum((x * y.conjugate() / defect_ball(s, t) for s, x in pairs for t, y in pairs), acb(0))
        return [1 + energy.real - 2 * sum((x * power_ball(s, K) for s, x in pairs), acb(0)).real]

    return _adaptive(evaluate, digits, K, len(poles))[0]


def impulse_response(poles, weights, N: int, digits: int = 30) -> list[acb]:
    """Enclosures of c_0 … c_{N-1} by running the recurrence in balls (no closed form), exact weights."""
    poles, weights = exact(poles), [gaussian(weight) for weight in weights]

    def evaluate() -> list[acb]:
        a, x, out = [to_acb(s) for s in poles], [cartesian_ball(w) for w in weights], []
        for _ in range(N):
            out.append(sum(x, acb(0)))
            x = [s * value for s, value in zip(a, x, strict=True)]
        return out

    return _adaptive(evaluate, digits, N, len(poles))
