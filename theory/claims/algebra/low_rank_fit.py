"""Rows fitted by few rows: what a fit of bounded rank leaves, weighed by a matrix of bounded trace (dual form of Ky Fan's sum)."""
from theory.claim import Claim
from theory.language import both, eq, eye, forall, inv, le, lt, mat, names, statement, tr, zero
from theory.mutations import changed
from theory.proof import explained
from theory.steps import inverse_of_definite

m, p_, N, R, Z, eps, y, u, v, theta, H, X = names("m p N R Z eps y u v theta H X")
J = names("J")
WHOLE = R.H @ R + Z.H @ Z + eps * eye(N)
REST = y - u @ R - v @ Z
FIT = forall({"y": mat(1, N), "u": mat(1, m), "v": mat(1, p_)}, [],
             le(eps * y @ J @ y.H, REST @ REST.H + eps * (u @ u.H + v @ v.H)))
ABOVE = [le(0, theta), le(zero(N, N), H), le(X, theta * eye(N) + H)]
TRACE = forall({"theta": "real", "H": mat(N, N), "X": mat(N, N)}, ABOVE, le(tr(X) - (m + p_) * theta - tr(H), eps * tr(J @ X)))

claim = Claim(
    title="Rows fitted by few rows",
    says="Let J = (R*R + Z*Z + εI)⁻¹ for R with m rows, Z with p rows and ε > 0. Then every row y fitted by the rows of R and Z with "
         "weights "
         "u and v leaves at least ε·yJy* − ε(uu* + vv*), and tr X − (m + p)θ − tr H ≤ ε tr(JX) whenever X ⪯ θI + H, θ ≥ 0, H ⪰ 0.",
    statement=statement(forall({"m": "nat", "p": "nat", "N": "nat", "R": mat(m, N), "Z": mat(p_, N), "eps": "real"}, [lt(0, eps)],
                               both(FIT, TRACE)), [("J", [], inv(WHOLE))]),
    reference="Ky Fan (1949), the dual form of the sum of the largest eigenvalues, for rows",
    hypotheses={"ε > 0": "R*R + Z*Z may be singular", "θ ≥ 0": "N = 1, R = 0, X = θ = −1 and H = 0",
                "H ⪰ 0": "with R = 0 and m = 1: θ = 0 is no bound for X = H = −1", "X ⪯ θI + H": "X may be anything"},
    limits="Summed over rows y with Σ y*y = X, and with ε → 0, a fit of rank m + p leaves at least tr X less the m + p largest "
           "eigenvalues.",
)


@claim.derive
def one_row(step):
    """The completed square behind the fit, for numbers."""
    from sympy import cancel, symbols

    from theory.papers.uncertainty_symbolic import confirm

    r, e, t, w = symbols("r e t w", real=True)
    j = step("J", 1 / (r**2 + e), why="one row R = r, no Z")
    best = step("best weight", t * j * r, why="of the row y = t")
    confirm(step, "a square is left", [cancel((t - w * r) ** 2 + e * w**2 - e * t * j * t - ((w - best) * r) ** 2 - e * (w - best) ** 2)],
            why="what the weight w leaves, less ε·yJy*")


@claim.certify
def proof(p, _):
    """With û = yJR* and v̂ = yJZ* the remainder y − uR − vZ and ε(uu* + vv*) are together ε·yJy* and three squares. I − εJ lies between 0
    and I and has the trace tr RJR* + tr ZJZ* ≤ m + p.
    """
    p.inhabited(m=1, p=0, N=1, R=1, Z=zero(0, 1), eps=1)
    small = p.given(1)
    energy = p.squares(le(zero(N, N), R.H @ R + Z.H @ Z), [(1, [], "", R), (1, [], "", Z)])
    definite = p.squares(lt(zero(N, N), WHOLE), [(1, [], "", R), (1, [], "", Z), (1, [small], "", eye(N))])
    inverse = inverse_of_definite(p, WHOLE, definite, N)
    with p.generalise({"y": mat(1, N), "u": mat(1, m), "v": mat(1, p_)}, [], FIT.json[3]) as rows:
        completed(p, small, inverse)
    with p.generalise({"theta": "real", "H": mat(N, N), "X": mat(N, N)}, ABOVE, TRACE.json[3]) as traces:
        weighed(p, small, energy, inverse, traces)
    p.both(rows.fact, traces.fact)


@explained
def completed(p, small, inverse):
    """The best weights of a row y are yJR* and yJZ*; what other weights leave is three squares more."""
    right, left, star, *_ = inverse
    j, P, w = inv(WHOLE), R.H @ R + Z.H @ Z, u @ R + v @ Z
    more = (u - y @ j @ R.H, v - y @ j @ Z.H)
    p.squares(FIT.json[3], [(1, [], "", (more[0] @ R + more[1] @ Z).H), (1, [small], "", more[0].H), (1, [small], "", more[1].H)],
              using=[(left, -y, w.H), (star, -w @ WHOLE, y.H), (right, -w, y.H), (star, y @ j @ P @ WHOLE, y.H), (right, y @ j @ P, y.H),
                     (left, y, y.H)])


@explained
def weighed(p, small, energy, inverse, given):
    """tr((I − εJ)X) ≤ θ tr(I − εJ) + tr H, because 0 ⪯ I − εJ ⪯ I; and tr(I − εJ) = tr RJR* + tr ZJZ* ≤ m + p."""
    right, _left, star, adjoint_left, sign = inverse
    j, P = inv(WHOLE), R.H @ R + Z.H @ Z
    projection = p.squares(le(zero(N, N), eye(N) - eps * j), [(1, [], "", P @ j), (1, [small], energy, j)],
                           using=[(right, j.H @ P), (adjoint_left, 1), (star, -eps)])
    below = p.step("trace", le(0, tr((eye(N) - eps * j) @ (theta * eye(N) + H - X))), of=[projection, given(3)])
    rest = p.step("trace", le(0, tr(j @ H)), of=[sign, given(2)])
    size = p.step("congruence", eq(tr(WHOLE @ j), tr(eye(N))), equal=right, context=["fn", "m_", ["tr", "m_"]])
    shares = []
    for own, other, count in ((R, Z, m), (Z, R, p_)):
        unit = p.squares(le(zero(count, count), eye(count)), [(1, [], "", eye(count))])
        apart = eye(count) - own @ j @ own.H
        part = p.squares(le(own @ j @ own.H, eye(count)), [(1, [], "", apart), (1, [], "", other @ j @ own.H), (1, [small], "", j @ own.H)],
                         using=[(star, own, own.H), (right, own @ j.H, own.H), (star, -own, own.H)])
        shares.append(p.step("trace", le(0, tr(eye(count) @ apart)), of=[unit, part]))
    p.squares(TRACE.json[3], [(1, [below], "", 1), (1, [small, rest], "", 1), *((1, [given(1), share], "", 1) for share in shares)],
              using=[(size, -theta)])


claim.must_refuse(
    one_row_less=changed(both(FIT, forall({"theta": "real", "H": mat(N, N), "X": mat(N, N)}, ABOVE,
                                          le(tr(X) - (m + p_ - 1) * theta - tr(H), eps * tr(J @ X))))),
    remainder_forgotten=changed(both(FIT, forall({"theta": "real", "H": mat(N, N), "X": mat(N, N)}, ABOVE,
                                                 le(tr(X) - (m + p_) * theta, eps * tr(J @ X))))),
    not_below=changed(both(FIT, forall({"theta": "real", "H": mat(N, N), "X": mat(N, N)}, ABOVE[:2],
                                       le(tr(X) - (m + p_) * theta - tr(H), eps * tr(J @ X))))),
    fit_without_its_price=changed(both(forall({"y": mat(1, N), "u": mat(1, m), "v": mat(1, p_)}, [], le(eps * y @ J @ y.H, REST @ REST.H)),
                                       TRACE)),
    not_positive=changed(given={1: None}),
)
