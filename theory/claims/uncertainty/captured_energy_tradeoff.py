"""Energy captured at a lag against the energy at lag 0: slow decay needs little energy at the start."""
from theory.claim import Claim
from theory.language import T, both, conj, eq, eye, fn, forall, inv, le, lt, mat, names, statement, tr, zero
from theory.mutations import changed, fails_at
from theory.proof import explained
from theory.steps import conjugate_nonzero, contraction, inverse_of_definite

S, A, Q, b, k, m, n, q = names("S A Q b k m n q")
F, R = names("F R")
FALLS = forall({"k": "nat"}, [], le(F(k + 1), F(k)))
DROP = forall({"k": "nat"}, [], le(F(k) - F(k + 1), F(0) * F(k)))
LEFT = forall({"k": "nat"}, [], le(F(k), F(0) * R(k)))
TRADE = le((1 + n * F(0)) * F(m + n), F(0) * (S - 1 + (1 - F(0)) ** m))

claim = Claim(
    title="Energy captured at a lag, at lag 0 and after the lag",
    says="If Q = A Q A* + b b* is positive definite and F_k = (A^k b)* Q⁻¹ A^k b, then F_k − F_{k+1} is between 0 and F_0 F_k, "
         "F_k ≤ F_0 (F_k + F_{k+1} + …), 0 ≤ F_0 ≤ 1, and (1 + n F_0) F_{m+n} ≤ F_0 (S − 1 + (1 − F_0)^m) for all m and n.",
    statement=statement(
        forall({"S": "nat", "m": "nat", "n": "nat", "A": mat(S, S), "Q": mat(S, S), "b": mat(S)},
               [lt(zero(S, S), Q), eq(A @ Q @ A.H + b @ b.H, Q)], both(FALLS, DROP, LEFT, le(0, F(0)), le(F(0), 1), TRADE)),
        [("F", ["k"], b.H @ (A**k).H @ inv(Q) @ A**k @ b), ("R", ["k"], tr(inv(Q) @ A**k @ Q @ (A**k).H))]),
    reference="stronger than the argument behind UP.short+", source="own",
    hypotheses={"0 ≺ Q": "F is not defined", "A Q A* + b b* = Q": "A = 0, Q = 1, b = 1/2: F_0 = 1/4, F_1 = 0, but F_0 − F_1 > F_0²"},
    limits="R_k = tr(Q⁻¹ A^k Q A*^k) is the energy captured from lag k on, F_k + F_{k+1} + …, when A is stable. The choice of m is "
           "free. Equality everywhere for S = 1, n = 0.",
)


@claim.derive
def two_poles(step):
    """S = 2 in symbols: F_k − F_{k+1} = |c* A^k b|² in states in which Q = I, and |c|² = F_0."""
    import sympy

    x, y = sympy.symbols("x y", real=True)
    states = sympy.Matrix(2, 2, lambda s, t: 1 / (1 - (x, y)[s] * (x, y)[t]))
    inverse, shift, pulse = states.inv().applyfunc(sympy.factor), sympy.diag(x, y), sympy.ones(2, 1)
    fall = step("M = Q⁻¹ − A* Q⁻¹ A", (inverse - shift * inverse * shift).applyfunc(sympy.factor), why="F_k − F_{k+1} = v* M v, v = A^k b")
    first = step("F_0", sympy.factor((pulse.T * inverse * pulse)[0]), why="b* Q⁻¹ b")
    trace = step("tr(M Q)", sympy.factor((fall * states).trace()), why="R_0 − R_1")
    if sympy.simplify(trace - first) != 0 or sympy.simplify(fall.det()) != 0:
        raise ValueError("M is not of rank one with tr(M Q) = F_0")


@claim.certify
def proof(p, _):
    """Write v for A^k b and s for v* Q⁻¹ v = F_k. Then s v v* ⪯ s² Q, so every positive semidefinite M has s v* M v ≤ s² tr(M Q).
    With M = Q⁻¹ − A* Q⁻¹ A this is F_k (F_k − F_{k+1}) ≤ F_k² F_0, because tr(M Q) = R_0 − R_1 = F_0. With v = b and M = A*^k Q⁻¹ A^k
    it is F_0 F_k ≤ F_0² R_k.

    So F_m ≥ F_0 (1 − F_0)^m, and the energy left from lag m on is R_m = S − F_0 − … − F_{m−1} ≤ S − 1 + (1 − F_0)^m. Then n lags pass, each
    with at least the energy F_{m+n}, and F_{m+n} ≤ F_0 R_{m+n} ≤ F_0 (R_m − n F_{m+n}).
    """
    p.inhabited(S=1, m=0, n=0, A=0, Q=1, b=1)
    positive, stein = p.given(1), p.given(2)
    Z = inv(Q)
    inverse = inverse_of_definite(p, Q, positive, S)
    _, left, star, _, sign = inverse
    shrinks = p.squares(le(A @ Q @ A.H, Q), [(1, [], "", b.H)], using=[(stein, 1)])
    metric = contraction(p, A, Q, (positive, shrinks), inverse)
    with p.generalise({"k": "nat"}, [], le(0, F(k))) as above:
        p.squares(le(0, F(k)), [(1, [], sign, A**k @ b)])
    with p.generalise({"k": "nat"}, [], le(F(k + 1), F(k))) as falls:
        p.squares(le(F(k + 1), F(k)), [(1, [], metric, A**k @ b)])
    whole = p.step("congruence", eq(tr(Z @ Q), tr(eye(S))), equal=left, context=fn("M_", tr(T("M_"))))
    total = p.identity(eq(R(0), S), [(whole, 1)])
    step = remainder_step(p, stein)
    dominated = rank_one_below(p, inverse)
    divided = quotient(p)
    drop = slow_fall(p, (above.fact, metric, step), dominated, star, divided)
    rest = below_rest(p, (above.fact, falls.fact, sign), dominated, star, divided)
    first = p.apply(above.fact, le(0, F(0)), k=0)
    most = first_below_one(p, inverse, stein)
    room = p.squares(le(0, 1 - F(0)), [(1, [most], "", 1)])
    start = left_after_start(p, total, step, (drop.fact, room))
    later = left_after_lags(p, step, falls.fact)
    after_start = p.apply(start, le(R(m), S - 1 + (1 - F(0)) ** m), q=m)
    after = p.apply(later, le(R(m + n) + n * F(m + n), R(m)), q=n)
    here = p.apply(rest.fact, le(F(m + n), F(0) * R(m + n)), k=m + n)
    trade = p.squares(TRADE, [(1, [here], "", 1), (1, [first, after], "", 1), (1, [first, after_start], "", 1)])
    p.both(falls.fact, drop.fact, rest.fact, first, most, trade)


@explained
def remainder_step(p, stein):
    """R_k − R_{k+1} = F_k."""
    with p.generalise({"k": "nat"}, [], eq(R(k) - R(k + 1), F(k))) as block:
        def inside(M):
            return tr(inv(Q) @ A**k @ M @ (A**k).H)
        moved = p.step("congruence", eq(inside(A @ Q @ A.H + b @ b.H), inside(Q)), equal=stein, context=fn("M_", inside(T("M_"))))
        p.identity(eq(R(k) - R(k + 1), F(k)), [(moved, -1)])
    return block.fact


@explained
def rank_one_below(p, inverse):
    """s v v* ⪯ s² Q with s = v* Q⁻¹ v, because s² Q − s v v* = Y* Q Y with Y = s − Q⁻¹ v v*."""
    right, left, star, _, _ = inverse
    v, s = names("v_ s_")
    Z = inv(Q)
    with p.generalise({"v_": mat(S), "s_": "complex"}, [eq(v.H @ Z @ v, s), eq(conj(s), s)], le(s * v @ v.H, s * s * Q)) as block:
        value, real = block(1), block(2)
        p.squares(le(s * v @ v.H, s * s * Q), [(1, [], p.given(1), s * eye(S) - Z @ v @ v.H)],
                  using=[(right, -s, v @ v.H), (left, -s * v @ v.H, 1), (star, -s * v @ v.H, Q), (right, v @ v.H @ Z.H, v @ v.H),
                         (star, v @ v.H, v @ v.H), (value, v, v.H), (real, 1, s * Q), (real, -1, Q @ Z @ v @ v.H)])
    return block.fact


def at_lag(p, dominated, star, v, s):
    """The instance at v of s v v* ⪯ s² Q."""
    p.identity(eq(v.H @ inv(Q) @ v, s))
    p.identity(eq(conj(s), s), [(star, v.H, v)])
    return p.apply(dominated, le(s * v @ v.H, s * s * Q), v_=v, s_=s)


@explained
def slow_fall(p, facts, dominated, star, divided):
    """F_k − F_{k+1} ≤ F_0 F_k: divide by F_k, or F_k = 0 and F_{k+1} ≥ 0."""
    above, metric, step = facts
    v, Z, goal = A**k @ b, inv(Q), le(F(k) - F(k + 1), F(0) * F(k))
    with p.generalise({"k": "nat"}, [], goal) as block:
        below = at_lag(p, dominated, star, v, F(k))
        trace = p.step("trace", le(0, tr((Z - A.H @ Z @ A) @ (F(k) ** 2 * Q - F(k) * v @ v.H))), of=[metric, below])
        start = p.apply(step, eq(R(0) - R(1), F(0)), k=0)
        p.squares(le(0, F(k) * (F(0) * F(k) - F(k) + F(k + 1))), [(1, [trace], "", 1)], using=[(start, F(k) ** 2)])
        p.apply(above, le(0, F(k)), k=k)
        after = p.apply(above, le(0, F(k + 1)), k=k + 1)
        rest = F(0) * F(k) - F(k) + F(k + 1)
        with p.generalise({}, [eq(F(k), 0)], le(0, rest)) as nothing:
            p.squares(le(0, rest), [(1, [after], "", 1)], using=[(nothing(1), 1 - F(0))])
        p.squares(goal, [(1, [p.apply(divided, le(0, rest), x_=F(k), u_=rest)], "", 1)])
    return block


@explained
def below_rest(p, facts, dominated, star, divided):
    """F_k ≤ F_0 R_k: divide by F_0, or F_0 = 0 and F_k ≤ F_0."""
    above, falls, sign = facts
    Z, goal = inv(Q), le(F(k), F(0) * R(k))
    at_start = at_lag(p, dominated, star, b, F(0))
    p.apply(above, le(0, F(0)), k=0)
    with p.branch() as base:
        p.squares(le(F(0), F(0)))
    name = p.new_id()
    with p.branch() as step:
        fall = p.apply(falls, le(F(k + 1), F(k)), k=k)
        p.squares(le(F(k + 1), F(0)), [(1, [fall], "", 1), (1, [f"{name}.2"], "", 1)])
    least = p.step("induction", forall({"k": "nat"}, [], le(F(k), F(0))), name, base=base, step=step)
    with p.generalise({"k": "nat"}, [], goal) as block:
        moved = p.squares(le(F(0) * A**k @ b @ b.H @ (A**k).H, F(0) ** 2 * A**k @ Q @ (A**k).H), [(1, [], at_start, (A**k).H)])
        trace = p.step("trace", le(0, tr(Z @ (F(0) ** 2 * A**k @ Q @ (A**k).H - F(0) * A**k @ b @ b.H @ (A**k).H))), of=[sign, moved])
        p.squares(le(0, F(0) * (F(0) * R(k) - F(k))), [(1, [trace], "", 1)])
        small = p.apply(least, le(F(k), F(0)), k=k)
        more = F(0) * R(k) - F(k)
        with p.generalise({}, [eq(F(0), 0)], le(0, more)) as nothing:
            p.squares(le(0, more), [(1, [small], "", 1)], using=[(nothing(1), 1 - R(k))])
        p.squares(goal, [(1, [p.apply(divided, le(0, more), x_=F(0), u_=more)], "", 1)])
    return block


@explained
def quotient(p):
    """0 ≤ x u and 0 ≤ x give 0 ≤ u, unless x = 0."""
    x, u = names("x_ u_")
    goal, flat = le(0, u), conj(x)
    given = [eq(flat, x), le(0, x), le(0, x * u), forall({}, [eq(x, 0)], goal)]
    with p.generalise({"x_": "complex", "u_": "complex"}, given, goal) as block:
        name = p.new_id()
        with p.branch() as equal:
            p.apply(block(4), goal)
        with p.branch() as unequal:
            proper = f"{name}.unequal.1"
            other = conjugate_nonzero(p, x, proper)
            share = p.squares(le(0, 1 / x), [(1, [block(2)], "", 1 / x)], using=[(block(1), -1 / (x * flat))], nonzero=[proper, other])
            p.squares(goal, [(1, [share, block(3)], "", 1)], nonzero=[proper])
        p.step("cases", goal, name, on=[x, 0], equal=equal, unequal=unequal)
    return block.fact


@explained
def first_below_one(p, inverse, stein):
    """F_0 ≤ 1: b b* ⪯ Q gives F_0² ≤ F_0, and 1 − F_0 = (1 − F_0)² + F_0 − F_0²."""
    right, _, star, _, _ = inverse
    Z = inv(Q)
    square = p.squares(le(b @ b.H, Q), [(1, [], p.given(1), A.H)], using=[(stein, 1)])
    below = p.squares(le(F(0) ** 2, F(0)), [(1, [], square, Z @ b)],
                      using=[(star, (1 - F(0)) * b.H, b), (right, b.H @ Z.H, b)])
    return p.squares(le(F(0), 1), [(1, [below], "", 1), (1, [], "", 1 - F(0))], using=[(star, (F(0) - 1) * b.H, b)])


@explained
def left_after_start(p, total, step, facts):
    """R_m ≤ S − 1 + (1 − F_0)^m and F_m ≥ F_0 (1 − F_0)^m."""
    drop, room = facts
    with p.branch() as base:
        p.squares(le(F(0) * (1 - F(0)) ** 0, F(0)))
    name = p.new_id()
    with p.branch() as following:
        fall = p.apply(drop, le(F(q) - F(q + 1), F(0) * F(q)), k=q)
        p.squares(le(F(0) * (1 - F(0)) ** (q + 1), F(q + 1)), [(1, [fall], "", 1), (1, [room, f"{name}.2"], "", 1)])
    least = p.step("induction", forall({"q": "nat"}, [], le(F(0) * (1 - F(0)) ** q, F(q))), name, base=base, step=following)
    with p.branch() as base:
        p.squares(le(R(0), S - 1 + (1 - F(0)) ** 0), using=[(total, 1)])
    name = p.new_id()
    with p.branch() as following:
        fall = p.apply(step, eq(R(q) - R(q + 1), F(q)), k=q)
        energy = p.apply(least, le(F(0) * (1 - F(0)) ** q, F(q)), q=q)
        p.squares(le(R(q + 1), S - 1 + (1 - F(0)) ** (q + 1)), [(1, [energy], "", 1), (1, [f"{name}.2"], "", 1)], using=[(fall, -1)])
    return p.step("induction", forall({"q": "nat"}, [], le(R(q), S - 1 + (1 - F(0)) ** q)), name, base=base, step=following)


@explained
def left_after_lags(p, step, falls):
    """R_{m+n} + n F_{m+n} ≤ R_m."""
    with p.branch() as base:
        p.squares(le(R(m + 0) + 0 * F(m + 0), R(m)))
    name = p.new_id()
    with p.branch() as following:
        fall = p.apply(step, eq(R(m + q) - R(m + q + 1), F(m + q)), k=m + q)
        less = p.apply(falls, le(F(m + q + 1), F(m + q)), k=m + q)
        p.squares(le(R(m + q + 1) + (q + 1) * F(m + q + 1), R(m)),
                  [(1, [f"{name}.2"], "", 1), (1, [less], "", 1), (1, [f"{name}.1", less], "", 1)], using=[(fall, -1)])
    return p.step("induction", forall({"q": "nat"}, [], le(R(m + q) + q * F(m + q), R(m))), name, base=base, step=following)


def energies(order, kind, length):
    """F_0, F_1, … of a system of `captured_energy_bound`, exactly."""
    from theory.claims.uncertainty.captured_energy_bound import captured, systems

    A, b = systems(order)[kind]
    return [captured(A, b, lag) for lag in range(length)]


def allowed(order, first, start, lags):
    """The formula: F_0 (S − 1 + (1 − F_0)^m)/(1 + n F_0)."""
    return first * (order - 1 + (1 - first) ** start) / (1 + lags * first)


@claim.oracle
def exact_energies():
    """F_0 … F_9 over the rationals for Jordan blocks and full matrices: how fast they fall, what is left, and the bound for every m + n;
    for one pole and n = 0 it is attained."""
    from theory.papers.uncertainty_measurements import bounded

    results = []
    for order in (1, 2, 3, 4):
        for kind in ("Jordan block at 1/2", "full matrix", "delay line"):
            found = energies(order, kind, 10)
            first, left = found[0], [order - sum(found[:lag]) for lag in range(10)]
            falls = all(0 <= found[lag] - found[lag + 1] <= first * found[lag] for lag in range(9))
            rest = all(found[lag] <= first * left[lag] for lag in range(10))
            ratio, start, lag = max((found[lag] / allowed(order, first, start, lag - start), start, lag)
                                    for lag in range(10) for start in range(lag + 1) if allowed(order, first, start, lag - start))
            attained = order > 1 or ratio == 1
            results.append(bounded(f"{kind}: largest F_K over its bound", {"S": order, "m": start, "K": lag}, float(ratio), 1,
                                   inside=falls and rest and attained and ratio <= 1))
    return results


@claim.oracle
def long_recurrence():
    """Float64: the responses of one pole and of dense systems, run until they have decayed; F_k is the squared length of row k of an
    orthonormal basis of them, and what is left is the sum of the later rows."""
    import numpy as np

    from theory.papers.uncertainty_measurements import bounded

    results, length = [], 2000
    for seed, order in ((0, 1), (1, 2), (2, 3), (3, 5)):
        chance = np.random.default_rng(seed)
        A = chance.standard_normal((order, order)) + 1j * chance.standard_normal((order, order))
        A *= 0.98 / np.max(np.abs(np.linalg.eigvals(A)))
        state, states = chance.standard_normal(order) + 0j, []
        for _ in range(length):  # 0.98^2000 < 1e-17
            states.append(state)
            state = A @ state
        basis, _ = np.linalg.qr(np.array(states))
        found = np.sum(np.abs(basis) ** 2, axis=1)
        left, first = np.cumsum(found[::-1])[::-1], found[0]
        falls = np.all((found[:-1] - found[1:] >= -1e-12) & (found[:-1] - found[1:] <= first * found[:-1] + 1e-12))
        rest = np.all(found <= first * left + 1e-12)
        gaps = [allowed(order, first, start, lag - start) - found[lag] for lag in (5, 20, 80) for start in range(0, lag + 1, 5)]
        results.append(bounded(f"dense matrix {seed}: least room below the bound", {"S": order}, float(min(gaps)), 0,
                               inside=bool(falls and rest and min(gaps) >= -1e-12)))
    return results


claim.must_refuse(
    falls_faster=changed(forall({"k": "nat"}, [], le(F(k) - F(k + 1), F(0) * F(k + 1)))),
    less_left=changed(forall({"k": "nat"}, [], le(F(k), F(0) * R(k + 1)))),
    power_raised=changed(le((1 + n * F(0)) * F(m + n), F(0) * (S - 1 + (1 - F(0)) ** (m + 1)))),
    one_lag_more=changed(le((1 + (n + 1) * F(0)) * F(m + n), F(0) * (S - 1 + (1 - F(0)) ** m))),
    strict=changed(lt((1 + n * F(0)) * F(m + n), F(0) * (S - 1 + (1 - F(0)) ** m))),
    other_energy=changed(given={2: le(A @ Q @ A.H + b @ b.H, Q)}),
    only_semidefinite=changed(given={1: le(zero(S, S), Q)}),
)
PULSE = {"S": 1, "m": 0, "n": 0, "A": 0, "Q": 1, "b": 1}
for name in ("power_raised", "one_lag_more", "strict"):
    claim.refute(name)(fails_at(**PULSE))
