"""Filters at their best weights under a given input, for the oracles of the lower bounds: by recurrences and by frequencies."""

from theory.papers.uncertainty_measurements import bounded, doubles, numbers, tuned


def pole_choices(order, lag):
    """Poles drawn in the disk of radius 0.95 and poles tuned to the lag."""
    return {"drawn": 0.95 * doubles(numbers(order, lag + 30, modulus=1)), "tuned": doubles(tuned(order, lag))}


def response(decays, count):
    """The impulse response of the AR input with these poles, scaled to variance 1, by its recurrence."""
    import numpy as np

    own = np.zeros(count, complex)
    own[0] = 1
    for decay in decays:
        for index in range(1, count):
            own[index] += decay * own[index - 1]
    return own / np.linalg.norm(own)


def correlations(own, lags):
    """γ(0), …, γ(lags) of white noise through a response."""
    import numpy as np

    return np.array([np.vdot(own[:len(own) - lag], own[lag:]) for lag in range(lags + 1)])


def density_of(decays, points=8192):
    """Γ of the AR input with these poles on an even grid of frequencies, scaled to the mean 1."""
    import numpy as np

    w = 2 * np.pi * np.arange(points) / points
    density = 1 / np.prod([np.abs(1 - decay * np.exp(-1j * w)) ** 2 for decay in decays], axis=0)
    return density / np.mean(density)


def unit(response, count=1500):
    """A response of finite length scaled to energy 1, so γ(0) = 1, followed by zeros."""
    import numpy as np

    return np.concatenate([np.array(response, complex) / np.linalg.norm(response), np.zeros(count - len(response))])


def left(rows, target):
    """The energy that least squares leaves of a target."""
    import numpy as np

    weights, *_ = np.linalg.lstsq(rows, target, rcond=None)
    return float(np.linalg.norm(rows @ weights - target) ** 2)


def missed(own, poles, lag):
    """What the best weights miss of the response of an input, moved by the lag: the recurrences are driven by it."""
    import numpy as np

    state, driven = np.zeros(len(poles), complex), np.zeros((len(own), len(poles)), complex)
    for index, value in enumerate(own):
        state = poles * state + value
        driven[index] = state
    return left(driven, np.concatenate([np.zeros(lag), own[:len(own) - lag]]))


def missed_under(density, poles, lag):
    """What the best weights miss under a density on an even grid of frequencies."""
    import numpy as np

    w, root = 2 * np.pi * np.arange(len(density)) / len(density), np.sqrt(density / len(density))
    return left(root[:, None] / (1 - poles * np.exp(-1j * w)[:, None]), root * np.exp(-1j * lag * w))


def held_against(settings, inputs, missing, least):
    """For each order and shift, each input and choice of poles: what is missed, against a bound that is above 0.

    inputs(lag): inputs by name; missing(input, poles, lag); least(order, input, lag)."""
    results = []
    for order, lag in settings:
        for name, given in inputs(lag).items():
            bound = float(least(order, given, lag))
            for kind, poles in pole_choices(order, lag).items():
                measured = missing(given, poles, lag)
                results.append(bounded(f"{name}, {kind} poles", {"S": order, "K": lag}, measured, bound, measured >= bound > 0))
    return results
