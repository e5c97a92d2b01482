"""Steps that several proofs share. Each function adds steps to a proof and returns the id of the fact it ends with."""
from theory.language import (
    Abs,
    T,
    conj,
    delta,
    entry,
    eq,
    eye,
    fn,
    forall,
    inv,
    invertible,
    le,
    lt,
    names,
    ne,
    raw,
    sums,
    within,
    zero,
)
from theory.proof import explained


@explained
def modulus_square_below_one(p, x, below):
    """|x| < 1 gives 1 − x̄x > 0: the product of 1 − |x| > 0 with 1 + |x| > 0."""
    positive = p.order("basic", le(0, Abs(x)))
    above = p.squares(lt(0, 1 + Abs(x)), [(1, [positive], "", 1), (1, [], "", 1)])
    return p.squares(lt(0, 1 - x * conj(x)), [(1, [below, above], "", 1)])


@explained
def modulus_of_nonnegative(p, x, sign):
    """x ≥ 0 gives |x| = x, because (|x| − x)(|x| + x) = 0; x must be real."""
    goal, split = eq(Abs(x), x), p.new_id()
    positive = p.order("basic", le(0, Abs(x)))
    with p.branch() as less:
        p.order("vanish", goal, p.squares(le((Abs(x) - x) ** 2, 0), [(2, [positive, f"{split}.less.1"], "", 1)]), Y=Abs(x) - x)
    with p.branch() as equal:
        p.identity(goal, [(f"{split}.equal.1", 1)])
    with p.branch() as greater:
        p.order("vanish", goal, p.squares(le((Abs(x) - x) ** 2, 0), [(2, [sign, f"{split}.greater.1"], "", 1)]), Y=Abs(x) - x)
    return p.step("cases", goal, split, on=[Abs(x), x], less=less, equal=equal, greater=greater)


@explained
def no_unit_product(p, a, S, stable):
    """|a_s| < 1 for s = 1..S gives 1 − a_s ā_t ≠ 0: |1 − xȳ|² = (1 − |x|²)(1 − |y|²) + |x − y|²."""
    s, t = names("s t")
    given = [le(1, s), le(s, S), le(1, t), le(t, S)]
    with p.generalise({"s": "int", "t": "int"}, given, ne(1 - a[s] * conj(a[t]), 0)) as block:
        x, y = a[s], a[t]
        room = [modulus_square_below_one(p, z, p.apply(stable, lt(Abs(z), 1), s=n)) for z, n in ((x, s), (y, t))]
        with p.contradiction(ne(1 - x * conj(y), 0)) as absurd:
            p.squares(lt(0, 0), [(1, room, "", 1), (1, [], "", x - y)], using=[(absurd_hypothesis(absurd), 1, 1 - conj(x) * y)])
    return block.fact


def absurd_hypothesis(block):
    """The assumption of a block by contradiction."""
    return f"{block}.1"


@explained
def not_one(p, z, below):
    """|z| < 1 gives 1 − z ≠ 0."""
    with p.contradiction(ne(1 - z, 0)) as absurd:
        unit = p.identity(eq(z, 1), [(absurd_hypothesis(absurd), -1)])
        modulus = p.step("congruence", eq(Abs(z), 1), equal=unit, context=fn("m_", Abs("m_")))
        p.squares(lt(0, 0), [(1, [below], "", 1)], using=[(modulus, -1)])
    return str(absurd)


@explained
def product_in_disk(p, x, y, below_x, below_y):
    """|x| < 1 and |y| < 1 give |xȳ| < 1: 1 − |x||y| = (1 − |x|) + |x|(1 − |y|)."""
    positive = p.order("basic", le(0, Abs(x)))
    return p.squares(lt(Abs(x * conj(y)), 1), [(1, [below_x], "", 1), (1, [positive, below_y], "", 1)])


@explained
def nonnegative(p, value, k, lo):
    """∀k ≥ lo: 0 ≤ |value|²."""
    with p.generalise({k.json: "int"}, [le(lo, k)], le(0, Abs(value) ** 2)) as block:
        p.order("basic", le(0, Abs(value) ** 2), Y=value)
    return block.fact


@explained
def term_below_total(p, energy, value, k, K, total):
    """Σ_{k≥0} |value(k)|² = total gives |value(K)|² ≤ total: compare with the series that has this one term."""
    square, here = Abs(value(k)) ** 2, Abs(value(K)) ** 2
    single = p.series("finite", sums(k, 0, delta(k, K) * square, here), K=K, g=fn(k, square))
    with p.generalise({k.json: "int"}, [le(0, k)], le(delta(k, K) * square, square)) as below:
        p.squares(le(delta(k, K) * square, square), [(1, [], "", (1 - delta(k, K)) * value(k))])
    return p.series("order", le(here, total), single, energy, below.fact)


@explained
def inverse_of_definite(p, Q, positive, size):
    """0 ≺ Q gives (Q Q⁻¹ = I, Q⁻¹ Q = I, (Q⁻¹)* = Q⁻¹, (Q⁻¹)* Q = I, 0 ⪯ Q⁻¹)."""
    Z = inv(Q)
    regular = p.step("invertible", invertible(Q), mode="positive", **{"from": positive})
    right, left = (p.step("invertible", eq(x, eye(size)), mode="inverse", **{"from": regular}) for x in (Q @ Z, Z @ Q))
    hermitian = p.step("quadratic_form", eq(Q.H, Q), mode="hermitian", **{"from": [positive]})
    star = p.step("congruence", eq(Z.H, Z), equal=hermitian, context=fn("M_", inv("M_")))
    adjoint_left = p.operator(eq(Z.H @ Q, eye(size)), [(star, 1, Q), (left, 1)])
    sign = p.squares(le(zero(size, size), Z), [(1, [], positive, Z)], using=[(right, Z.H, 1), (star, 1, 1)])
    return right, left, star, adjoint_left, sign


@explained
def contraction(p, A, Q, decreasing, inverse):
    """A Q A* ⪯ Q gives A* Q⁻¹ A ⪯ Q⁻¹, by Q⁻¹ − A*Q⁻¹A = W*QW + (Q⁻¹A)*(Q − AQA*)(Q⁻¹A) with W = Q⁻¹ − A*Q⁻¹A."""
    right, _, star, adjoint_left, _ = inverse
    positive, reduced = decreasing
    Z = inv(Q)
    return p.squares(le(A.H @ Z @ A, Z), [(1, [], positive, Z - A.H @ Z @ A), (1, [], reduced, Z @ A)],
                     using=[(right, Z.H, 1), (star, 1, 1), (adjoint_left, -1, A.H @ Z @ A),
                            (right, -A.H @ Z.H @ A, 1), (right, A.H @ Z.H, A)])


@explained
def positive_reciprocal(p, x, positive, proper):
    """0 < x gives 0 ≤ 1/x = x·(1/x)²; x must be real."""
    return p.squares(le(0, 1 / x), [(1, [positive], "", 1 / x)], nonzero=[proper])


@explained
def positive_quotient(p, x, positive, proper):
    """0 < x gives 0 < 1/x; x must be real."""
    with p.contradiction(ne(1 / x, 0)) as absurd:
        p.identity(eq(1, 0), [(absurd_hypothesis(absurd), x)], nonzero=[proper])
    return p.squares(lt(0, 1 / x), [(1, [positive], "", 1 / x)], nonzero=[proper, str(absurd)])


@explained
def diagonal_inverse(p, n, body, proper, product):
    """diag(1/d)·diag(d) = I from ∀s d_s ≠ 0; `product` is any term whose entries are those of diag(1/d)·diag(d); d is a term in s."""
    q, r = names("q_ r_")
    with p.generalise({"q_": "int", "r_": "int"}, [*within(1, q, n), *within(1, r, n)],
                      eq(entry(product, q, r), entry(eye(n), q, r))) as each:
        regular = p.apply(proper, ne(at(body, "s", q), 0), s=q)
        p.identity(eq(entry(product, q, r), entry(eye(n), q, r)), nonzero=[regular])
    return p.entries(eq(product, eye(n)), each=each)


def at(term, name, value):
    """A term with a variable replaced (no binder in it may capture)."""
    def walk(x):
        return raw(value) if x == name else [walk(y) for y in x] if isinstance(x, list) else x
    return T(walk(raw(term)))


@explained
def conjugate_nonzero(p, x, proper):
    """x ≠ 0 gives x̄ ≠ 0."""
    with p.contradiction(ne(conj(x), 0)) as absurd:
        zero_x = p.step("congruence", eq(x, 0), equal=f"{absurd}.1", context=fn("m_", conj("m_")))
        p.identity(eq(1, 0), [(zero_x, 1 / x)], nonzero=[proper])
    return str(absurd)


@explained
def unit_modulus(p, w, square):
    """w w̄ = 1 gives |w| = 1, because |w| − 1 = (|w|² − 1)/(|w| + 1)."""
    above = p.squares(lt(0, 1 + Abs(w)), [(1, [p.order("basic", le(0, Abs(w)))], "", 1), (1, [], "", 1)])
    return p.identity(eq(Abs(w), 1), [(square, 1 / (1 + Abs(w)))], nonzero=[above])


@explained
def lag_count(p, K):
    """(0 ≤ 1/(K+1), K + 1 ≠ 0) for a natural number K."""
    count = p.squares(lt(0, K + 1), [(1, [], "", 1), (1, [p.order("basic", le(0, K))], "", 1)])
    proper = p.order("nonzero", ne(K + 1, 0), count)
    return positive_reciprocal(p, K + 1, count, proper), proper


@explained
def divide_by_lags(p, lags, bound, square, goal):
    """(K+1) F ≤ S and 1 − F ≤ rest give 1 − S/(K+1) ≤ rest."""
    share, proper = lags
    return p.squares(goal, [(1, [square], "", 1), (1, [share, bound], "", 1)], nonzero=[proper])


@explained
def nonnegative_power(p, x, sign, n):
    """x ≥ 0 gives x^n ≥ 0."""
    q = names("q_")
    with p.branch() as base:
        p.squares(le(0, x**0), [(1, [], "", 1)])
    block = p.new_id()
    with p.branch() as step:
        p.squares(le(0, x ** (q + 1)), [(1, [sign, f"{block}.2"], "", 1)])
    induction = p.step("induction", forall({"q_": "nat"}, [], le(0, x**q)), block, base=base, step=step)
    return p.apply(induction, le(0, x**n), q_=n)


def increasing(p, f, lo, hi, slope, order, shows=None):
    """f(lo) ≤ f(hi) from ∀x ∈ [lo, hi] 0 ≤ f′(x) and lo ≤ hi; f is a Python function of a term."""
    return p.step("monotone", le(f(T(lo)), f(T(hi))) if shows is None else shows, f=fn("x_", f(T("x_"))), lo=lo, hi=hi,
                  **{"from": [slope, order]})
