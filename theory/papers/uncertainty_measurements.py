"""Poles, weights and signals for the oracles of the uncertainty-principle paper: exact Gaussian rationals, seeded."""

import random
from fractions import Fraction

GRID = 16


def numbers(count, seed, modulus=None):
    """`count` Gaussian rationals with denominator 16 and parts in [−1, 1]; inside the circle of that modulus if it is given."""
    chance, out = random.Random(seed), []
    while len(out) < count:
        re, im = (Fraction(chance.randint(-GRID, GRID), GRID) for _ in range(2))
        if modulus is None or re * re + im * im < modulus * modulus:
            out.append((re, im))
    return out


def poles(count, seed):
    """`count` distinct poles in the open disk."""
    drawn = []
    for pole in numbers(64 * count, seed, modulus=1):
        if pole not in drawn:
            drawn.append(pole)
    return drawn[:count]


def clustered(count, seed, spread=Fraction(1, 100)):
    """`count` distinct non-zero poles within `spread` of 1/2 + i/3, in both parts."""
    return [(Fraction(1, 2) + re * spread, Fraction(1, 3) + im * spread) for re, im in poles(count, seed)]


def near_circle(count, seed, gap=Fraction(1, 1000)):
    """`count` distinct poles at the distance `gap` from the circle: (1 − gap)(1 + it)/(1 − it) with rational t."""
    slopes = random.Random(seed).sample(range(-4 * GRID, 4 * GRID), count)
    points = [(Fraction(t, GRID), 1 + Fraction(t, GRID) ** 2) for t in slopes]
    return [((1 - gap) * (1 - t * t) / size, (1 - gap) * 2 * t / size) for t, size in points]


def pole_sets(count, seed):
    """Distinct non-zero poles of three kinds, by name."""
    drawn = [pole for pole in poles(count + 1, seed) if any(pole)][:count]
    return {"drawn": drawn, "clustered": clustered(count, seed), "near the circle": near_circle(count, seed)}


def tuned(count, lag):
    """`count` rational poles close to the best for that lag: of modulus 1 − 1/(2K), at angles near 2πs/(K + 1) around 0."""
    from math import pi, tan

    slopes = [Fraction(tan(pi * (s - (count - 1) / 2) / (lag + 1))).limit_denominator(10**4) for s in range(count)]
    modulus = 1 - Fraction(1, 2 * lag)
    return [(modulus * (1 - t * t) / (1 + t * t), modulus * 2 * t / (1 + t * t)) for t in slopes]


def doubles(values):
    """Gaussian rationals as a complex array."""
    import numpy as np

    return np.array([complex(*map(float, value)) for value in values])


def evenly_spaced(count, lag):
    """Poles e^{−1/(K+1)} e^{iπs/(K+1)}, s = 1..S, as exact data: they follow the lag K, whatever its size."""
    from numeric.poles import Polar, exact

    return exact(Polar(Fraction(s, lag + 1), decay=Fraction(1, lag + 1)) for s in range(1, count + 1))


def compared(name, inputs, measured, expected, inside=None):
    """A measurement against an expected value: inside when they are equal, unless `inside` says otherwise."""
    return {"name": name, "inputs": inputs, "measured": measured, "expected": expected,
            "inside": measured == expected if inside is None else inside}


def bounded(name, inputs, measured, bound, inside):
    """A measurement against a bound."""
    return {"name": name, "inputs": inputs, "measured": measured, "bound": bound, "inside": inside}


def contradicted(name, inputs, measured, printed, inside):
    """A measurement that must not agree with what is printed: `inside` when the two differ by more than the error of measuring."""
    return {"name": name, "inputs": inputs, "measured": measured, "printed": printed, "inside": inside}


def text(value):
    """A Gaussian rational or a fraction as text."""
    return f"{value.re} + {value.im}i" if hasattr(value, "re") else str(value)


def ar_optimum(poles, lag, rho):
    """Weights of least AR(1) loss for distinct poles, exactly: normal equations of the responses run through q_j = ρ q_{j−1} + a_s^j."""
    from numeric import reference

    a, r, one, rows = reference.column(poles), reference.gaussian(rho), reference.ONE, range(len(poles))
    size = 2 * len(a)
    joint = [[reference.ZERO] * size for _ in range(size)]  # the states (a_s^j, q_j) of all poles side by side
    for s in rows:
        joint[2 * s][2 * s], joint[2 * s + 1][2 * s], joint[2 * s + 1][2 * s + 1] = a[s], a[s], r
    X = reference.stein(joint, reference.outer([one] * size))
    gram = [[reference.gaussian(1 - rho**2) * X[2 * s + 1][2 * t + 1] for t in rows] for s in rows]
    right = []
    for pole in a:
        q, power = reference.ZERO, one
        for _ in range(lag + 1):
            q, power = q * r + power, power * pole
        right.append(q + power * r / (one - pole * r))
    return [value.conjugate() for value in reference.solve(gram, right)]
