"""Summation by parts: the second difference against the square of the first."""
from theory.claim import Claim
from theory.language import Sum, both, eq, fn, forall, names, statement, within
from theory.mutations import changed, fails_at
from theory.proof import explained

n, m, s, u, h = names("n m s u h")
REAL_SEQ = ["seq", "real"]


def parts(n):
    second = Sum("s", 1, n, u[s] * (u[s + 1] - 2 * u[s] + u[s - 1]))
    first = Sum("s", 1, n + 1, (u[s] - u[s - 1]) ** 2)
    return eq(first + second, u[n + 1] * (u[n + 1] - u[n]) - u[0] * (u[1] - u[0]))


SOLVES = forall({"s": "int"}, within(1, s, n), eq(u[s] - h * (u[s + 1] - 2 * u[s] + u[s - 1]), 1))
ENERGY = Sum("s", 1, n, u[s] ** 2) + h * Sum("s", 1, n + 1, (u[s] - u[s - 1]) ** 2)
GREEN = forall({"h": "real"}, [eq(u[0], 0), eq(u[n + 1], 0), SOLVES], eq(ENERGY, Sum("s", 1, n, u[s])))

claim = Claim(
    title="Summation by parts",
    says="Σ_{s=1}^{n+1} (u_s − u_{s−1})² + Σ_{s=1}^n u_s (u_{s+1} − 2u_s + u_{s−1}) = u_{n+1}(u_{n+1} − u_n) − u_0(u_1 − u_0). "
         "So if u vanishes at 0 and n + 1 and solves u − hΔ²u = 1 between, then Σu_s² + hΣ(u_s − u_{s−1})² = Σu_s.",
    statement=statement(forall({"n": "nat", "u": REAL_SEQ}, [], both(parts(n), GREEN))),
    reference="elementary; the discrete Green identity",
    limits="Finite sums of real numbers.",
)


@claim.derive
def discrete_green(step):
    import sympy

    from theory.identities import equal

    a, b, c, h = sympy.symbols("u_0 u_1 u_2 h")
    equal(step, "one step", (c - b) ** 2 + b * (c - 2 * b + a), (c * (c - b)) - b * (b - a), why="what one index adds on both sides")
    for size in (1, 2, 3):
        u = sympy.symbols(f"u0:{size + 2}")
        first = sum((u[s] - u[s - 1]) ** 2 for s in range(1, size + 2))
        second = sum(u[s] * (u[s + 1] - 2 * u[s] + u[s - 1]) for s in range(1, size + 1))
        equal(step, f"n = {size}", sympy.expand(first + second), u[size + 1] * (u[size + 1] - u[size]) - u[0] * (u[1] - u[0]),
              shown="Σ(Δu)² + Σ u Δ²u", why="all steps")
        ends = {u[0]: 0, u[size + 1]: 0}
        solves = sum(u[s] * (u[s] - h * (u[s + 1] - 2 * u[s] + u[s - 1])) for s in range(1, size + 1))
        equal(step, f"n = {size}: energies", sympy.expand(solves.subs(ends)), (sum(v**2 for v in u) + h * first).subs(ends),
              shown="Σ u (u − hΔ²u)", why="with zero ends; the left side is Σu when u − hΔ²u = 1")


@claim.certify
def proof(p, _):
    """By induction on n: the right side grows by (u_{n+2} − u_{n+1})² + u_{n+1}(u_{n+2} − 2u_{n+1} + u_n)."""
    p.inhabited(n=0, u=fn("k", 0))
    with p.branch() as base:
        p.identity(parts(0))
    block = p.new_id()
    with p.branch() as step:
        p.identity(parts(m + 1), [(f"{block}.2", 1)])
    induction = p.step("induction", forall({"m": "nat"}, [], parts(m)), block, base=base, step=step)
    general = p.apply(induction, parts(n), m=n)
    p.both(general, solution(p, general))


@explained
def solution(p, general):
    """u_s − u_s² = −h u_s (u_{s+1} − 2u_s + u_{s−1}), summed over s."""
    with p.generalise({"h": "real"}, [eq(u[0], 0), eq(u[n + 1], 0), SOLVES], eq(ENERGY, Sum("s", 1, n, u[s]))) as block:
        second = u[s + 1] - 2 * u[s] + u[s - 1]
        with p.generalise({"s": "int"}, within(1, s, n), eq(u[s] ** 2 - u[s], h * u[s] * second)) as each:
            local = p.apply(block(3), eq(u[s] - h * second, 1), s=s)
            p.identity(eq(u[s] ** 2 - u[s], h * u[s] * second), [(local, u[s])])
        total = p.step("congruence", eq(Sum("s", 1, n, u[s] ** 2 - u[s]), Sum("s", 1, n, h * u[s] * second)), equal=each.fact)
        p.identity(eq(ENERGY, Sum("s", 1, n, u[s])), [(total, 1), (general, h), (block(1), -h * (u[1] - u[0])),
                                                     (block(2), h * (u[n + 1] - u[n]))])
    return block.fact


@claim.oracle
def rational_sequences():
    """Both sides for drawn rational sequences, exactly."""
    from theory.papers.uncertainty_measurements import compared, numbers

    found = []
    for size in (0, 1, 2, 7, 20):
        drawn = [re for re, _ in numbers(size + 2, size + 50)]
        left = sum((drawn[s + 1] - drawn[s]) ** 2 for s in range(size + 1))
        left += sum(drawn[s] * (drawn[s + 1] - 2 * drawn[s] + drawn[s - 1]) for s in range(1, size + 1))
        right = drawn[size + 1] * (drawn[size + 1] - drawn[size]) - drawn[0] * (drawn[1] - drawn[0])
        found.append(compared("both sums", {"n": size}, left, right))
    return found


claim.must_refuse(
    start_forgotten=changed(eq(parts(n).json[1], u[n + 1] * (u[n + 1] - u[n]))),
    sign_flipped=changed(eq(parts(n).json[1], u[0] * (u[1] - u[0]) - u[n + 1] * (u[n + 1] - u[n]))),
)
claim.refute("start_forgotten")(fails_at(n=0, u=fn("k", 1 - names("k"))))
claim.refute("sign_flipped")(fails_at(n=0, u=fn("k", names("k"))))
