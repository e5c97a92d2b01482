"""Filters with evenly spaced phases, measured: the recurrence is run in mpmath, apart from every formula of the claims."""


def layered(order, width):
    """1 − cosh((s − (S+1)/2)/ℓ)/cosh((S+1)/(2ℓ)) with 2 sinh(1/(2ℓ)) = 1/√(h(h+1)): the window with layers of width h."""
    from mpmath import mp

    rate = 2 * mp.asinh(1 / (2 * mp.sqrt(width * (width + 1))))
    middle = mp.mpf(order + 1) / 2
    return [1 - mp.cosh((s - middle) * rate) / mp.cosh(middle * rate) for s in range(1, order + 1)]


def simulated(window, lag, wide, rate, periods=40):
    """(energy, value at the lag) of the filter with this window, by running the recurrence."""
    from mpmath import mp

    period = lag + wide
    poles = [mp.exp(mp.mpc(-rate, 2 * mp.pi * s) / period) for s in range(1, len(window) + 1)]
    state = [x * mp.expjpi(-mp.mpf(2) * s * lag / period) for s, x in enumerate(window, 1)]
    energy, peak = mp.mpf(0), mp.mpc(0)
    for step in range(periods * period):
        here = mp.fsum(state)
        energy += abs(here) ** 2
        peak = here if step == lag else peak
        state = [x * pole for x, pole in zip(state, poles, strict=True)]
    return energy, peak


CASES = ((1, 1, 1, 1), (3, 3, 2, 1), (5, 12, 4, 1), (9, 9, 3, 2), (12, 20, 5, 1))
