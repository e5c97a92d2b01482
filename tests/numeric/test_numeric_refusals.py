"""Bad input is refused in words, by every route that takes it."""

import pytest

from numeric import balls, families, gram, loss, multiprecision, reference
from numeric.errors import Refused

HALF, ONE = [("0.5", "0")], [("1", "0")]


@pytest.mark.parametrize(
    "call",
    [
        lambda: gram.capture([0.5], -1),
        lambda: gram.capture([0.5], 2.5),
        lambda: gram.capture([1.0], 3),
        lambda: balls.capture(HALF, -2),
        lambda: balls.capture(ONE, 5),
        lambda: multiprecision.capture(HALF, -2, 30),
        lambda: reference.capture([0.5], -1),
        lambda: reference.capture([1], 3),
        lambda: families.paper(3, 0),
        lambda: families.paper(0, 5),
        lambda: loss.closed([0.5], [1], -1),
        lambda: loss.series([0.5], [1], -1),
        lambda: loss.quadrature([0.5], [1], -1),
    ],
)
def test_refused(call):
    with pytest.raises(Refused, match="should be"):
        call()


def test_the_border_is_taken():
    assert reference.capture([0], 0) == 1
    assert gram.capture([0.5], 0)[0] == pytest.approx(0.75, rel=1e-14)
