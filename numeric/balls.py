"""Enclosures of F_K, best weights and loss in Arb: the true value lies in the ball returned, by the rules of ball arithmetic.

Poles are exact data (`poles`); no double is ever read as a decimal. Precision is set in `ctx.workprec` blocks only: python-flint
keeps one precision for all threads of a process, so use processes, not threads. Working precision starts at the target plus
log K + log S + 10 decimal guard digits and doubles until the ball is small enough. The closed form is in `cauchy`; `optimum` adds
AR(1) input, repeated poles and poles at zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from operator import mul

from flint import acb, acb_mat, arb, ctx, fmpz

from numeric.cauchy import inverse_of
from numeric.errors import PrecisionExhausted, Refused, check_shift
from numeric.poles import Pole, cartesian_ball, defect_ball, exact, gaussian, power_ball, to_acb

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


def _excess(values: Sequence) -> float:
    """log₁₀ of the largest radius over the largest modulus; −∞ for exact values, ∞ when that cannot be told."""
    if not all(value.is_finite() for value in values):
        return math.inf
    if all(value.is_exact() for value in values):
        return -math.inf
    ten, radius = arb(10).log(), max(_radius(value) for value in values if not value.is_exact())
    size = max(value.abs_lower() for value in values)
    return float(radius.log() / ten) - float(size.log() / ten) if (size > 0) is True else math.inf


def _radius(value) -> arb:
    return max(value.real.rad(), value.imag.rad()) * 2 if isinstance(value, acb) else value.rad()


def adaptive(evaluate: Callable[[], Sequence[Sequence]], digits: int, K: int, S: int, limit: int | None = None) -> list:
    """`evaluate()` at growing precision until every group it returns is narrower than 10^−digits times its largest modulus.

    The guard starts at log₁₀K + log₁₀S + 10 digits and doubles, or grows by what the balls lack when that is more."""
    K, limit = check_shift("numeric.balls", K), LIMIT if limit is None else limit
    guard = math.ceil((math.log10(K + 1) + math.log10(S) + 10) * DIGIT)
    target, reached, lacking = math.ceil(digits * DIGIT), 0, math.inf
    while target + guard <= limit:
        with ctx.workprec(target + guard):
            try:
                groups = evaluate()
                lacking = max(map(_excess, groups)) + digits
            except ZeroDivisionError:  # the matrix could not be shown to be invertible at this precision
                lacking = math.inf
            if lacking < 0:
                return list(groups)
        reached = target + guard
        short = math.ceil((lacking + 3) * DIGIT) if lacking < math.inf else 0
        guard += max(guard, short)
    raise _exhausted(digits, limit, reached, lacking)


def _exhausted(digits: int, limit: int, reached: int, lacking: float) -> PrecisionExhausted:
    """Says how wide the last ball was, and what would do."""
    if reached == 0:
        return PrecisionExhausted(f"{digits} digits need more than {limit} bits of working precision, the limit; nothing was tried")
    if lacking == math.inf:
        return PrecisionExhausted(f"no ball that excludes 0 or infinity below {limit} bits ({reached} were tried), so how many would do "
                                  "is not known; equal poles under two names? gram.capture takes repeated poles")
    return PrecisionExhausted(f"no ball narrower than {digits} digits below {limit} bits; at {reached} bits it has {digits - lacking:.0f}, "
                              f"and {reached + math.ceil((lacking + 3) * DIGIT)} bits would do")


def _distinct(poles) -> tuple[Pole, ...]:
    poles = exact(poles)
    if len(set(poles)) < len(poles):
        raise Refused("the poles should be distinct; gram.capture and reference.capture_dense take repeated poles")
    return poles


def _weights_closed(poles: Sequence[Pole], K: int) -> list[acb]:
    """b_s = w_s Σ_t q̄_t/(1 − a_s ā_t), q = w a^K (`cauchy`)."""
    inverse = inverse_of(poles)
    q = list(map(mul, inverse.w, inverse.powers(K)))
    return list(map(mul, inverse.w, inverse.apply(q)))


def _weights_solve(poles: Sequence[Pole], K: int) -> list[acb]:
    C = acb_mat([[1 / defect_ball(s, t) for t in poles] for s in poles])
    solution = C.solve(acb_mat([[power_ball(s, K)] for s in poles]))
    return [solution[s, 0].conjugate() for s in range(len(poles))]


ROUTES = {"closed": _weights_closed, "solve": _weights_solve}


def _route(routes: dict[str, Callable], method: str) -> Callable:
    if method not in routes:
        raise Refused(f"method should be one of {', '.join(routes)}; here {method!r}")
    return routes[method]


def optimal_weights(poles, K: int, digits: int = 30, method: str = "closed") -> list[acb]:
    """Enclosures of b with b̄ = C⁻¹ a^K (UP.P16), narrower than 10^−digits relative to the largest; distinct poles."""
    poles, route = _distinct(poles), _route(ROUTES, method)
    return adaptive(lambda: [route(poles, K)], digits, K, len(poles))[0]


def _captured_closed(poles: Sequence[Pole], K: int) -> arb:
    inverse = inverse_of(poles)
    q = list(map(mul, inverse.w, inverse.powers(K)))
    return sum(map(mul, q, inverse.apply(q)), acb(0)).real


def _captured_solve(poles: Sequence[Pole], K: int) -> arb:
    return sum((b * power_ball(s, K) for b, s in zip(_weights_solve(poles, K), poles, strict=True)), acb(0)).real


CAPTURED = {"closed": _captured_closed, "solve": _captured_solve}


def capture(poles, K: int, digits: int = 30, method: str = "closed") -> arb:
    """Enclosure of F_K with relative radius below 10^−digits; distinct poles, any K ≥ 0."""
    poles, route = _distinct(poles), _route(CAPTURED, method)
    return adaptive(lambda: [[route(poles, K)]], digits, K, len(poles))[0][0]


def best_loss(poles, K: int, digits: int = 30, method: str = "closed") -> arb:
    """Enclosure of min_b L = 1 − F_K (UP.P16) with relative radius below 10^−digits; distinct poles."""
    poles, route = _distinct(poles), _route(CAPTURED, method)
    return adaptive(lambda: [[1 - route(poles, K)]], digits, K, len(poles))[0][0]


def loss(poles, weights, K: int, digits: int = 30) -> arb:
    """Enclosure of L = 1 + Σ b_s b̄_t/(1 − a_s ā_t) − 2 Re Σ b_s a_s^K (UP.P15), relative radius below 10^−digits.

    weights: exact numbers (anything `reference.gaussian` reads), or a function without arguments that returns balls at the
    working precision, as in `lambda: families.paper_weights(S, K, arb("0.5"), arb.exp)`."""
    poles = exact(poles)
    fixed = None if callable(weights) else [gaussian(weight) for weight in weights]

    def evaluate() -> list[list[arb]]:
        b = map(acb, weights()) if fixed is None else map(cartesian_ball, fixed)
        pairs = list(zip(poles, b, strict=True))
        energy = sum((x * y.conjugate() / defect_ball(s, t) for s, x in pairs for t, y in pairs), acb(0))
        return [[1 + energy.real - 2 * sum((x * power_ball(s, K) for s, x in pairs), acb(0)).real]]

    return adaptive(evaluate, digits, K, len(poles))[0][0]


def impulse_response(poles, weights, N: int, digits: int = 30) -> list[acb]:
    """Enclosures of c_0 … c_{N-1} by running the recurrence in balls (no closed form), exact weights."""
    poles, weights = exact(poles), [gaussian(weight) for weight in weights]

    def evaluate() -> list[list[acb]]:
        a, x, out = [to_acb(s) for s in poles], [cartesian_ball(w) for w in weights], []
        for _ in range(N):
            out.append(sum(x, acb(0)))
            x = [s * value for s, value in zip(a, x, strict=True)]
        return [out]

    return adaptive(evaluate, digits, N, len(poles))[0]
