"""The explicit filter with numbers in it, as the figures of the paper draw it, and its certified enclosures.

a_s = e^{(iπs − α)/K}, b_s = (−1)^s e^{−α}(e^{2α} − e^{−2α})/(2K), s = −T..T. Here α = 1 throughout: the captions give no α. T is a
variable bounded by one number on both sides, so that the kernel never writes a sum of 2T+1 terms out.
"""
from fractions import Fraction

from theory.language import IMAGINARY, PI, Abs, Sum, T, exp, forall, le, names, within
from theory.steps import at

half, h, s, K, x = names("T h s K x")


def pole(s, K):
    """a_s."""
    return exp((IMAGINARY * PI * s - 1) / K)


def weight(s, K):
    """b_s; e^{iπs} is (−1)^s."""
    return exp(IMAGINARY * PI * s) * (exp(1) - exp(-3)) / (2 * K)


def waves(half, lag, y):
    """Σ b_s a_s^{Ky}."""
    return Sum("s", -half, half, weight(s, lag) * exp((IMAGINARY * PI * s - 1) * y))


WHERE_RESPONSE = ("c", ["T", "K", "x"], waves(half, K, x / K))


def decimal(value, places):
    """The nearest decimal fraction as a term; nothing rests on it being the nearest."""
    return T(round(Fraction(value) * 10**places)) / T(10**places)


def enclosed(term, value, places):
    """|term − v| ≤ 10^−places, v the complex decimal next to `value`."""
    value = complex(value)
    centre = decimal(value.real, places)
    if round(Fraction(value.imag) * 10**places):
        centre = centre + IMAGINARY * decimal(value.imag, places)
    return le(Abs(term - centre), T(1) / 10**places)


def order(number):
    """The hypotheses T = number, as two bounds."""
    return within(number, half, number)


def by_balls(p, part, number, prec=96):
    """The formula `part` about T, by ball arithmetic at T = number."""
    every = p.step("ball_bound", forall({"h": "int"}, within(number, h, number), at(part, "T", h)), prec=prec)
    return p.apply(every, part, h=half)


def response(size, lag, delays, alpha=1.0):
    """c_k of the explicit filter in doubles, from its poles and weights."""
    import numpy as np

    poles, weights = filter_of(size, lag, alpha)
    return ((poles[:, None] ** np.asarray(delays)[None, :]) * weights[:, None]).sum(0)


def filter_of(size, lag, alpha=1.0):
    """Poles and weights of the explicit filter in doubles."""
    import math

    import numpy as np

    from numeric import families
    from numeric.poles import to_complex

    poles = np.array([to_complex(pole) for pole in families.paper(size, lag, Fraction(alpha))])
    return poles, np.array(families.paper_weights(size, lag, alpha, math.exp))


def transfer(a, b, angles):
    """C(e^{iω}) = Σ b_s/(1 − a_s e^{−iω}) in doubles."""
    import numpy as np

    return (np.asarray(b)[:, None] / (1 - np.asarray(a)[:, None] * np.exp(-1j * np.asarray(angles))[None, :])).sum(0)


def ratio(a, b, lag, places):
    """C/D at ω = πΩ/K for the Ω in `places`."""
    import numpy as np

    angles = np.pi * np.array([float(place) for place in places]) / lag
    return transfer(a, b, angles) * np.exp(1j * lag * angles)


def optimal_of(poles, lag):
    """The best weights in doubles."""
    import numpy as np

    return np.conj(np.linalg.solve(1 / (1 - poles[:, None] * poles.conj()[None, :]), poles**lag))


def simulated_ratio(a, b, lag, places, samples):
    """C/D from the impulse response that the recurrence x_n = a x_{n−1} + u_n b runs through, cut off after `samples`."""
    import numpy as np

    state, response = np.array(b, complex), np.empty(samples, complex)
    for n in range(samples):
        response[n] = state.sum()
        state = state * a
    n = np.arange(samples)
    return np.array([(response * np.exp(-1j * np.pi * float(place) / lag * (n - lag))).sum() for place in places])
