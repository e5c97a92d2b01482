"""Exponents and indices in sentences."""

import pytest

from theory.report.prose import prose


@pytest.mark.parametrize("text, html", [
    ("e^{−2α}(e^{2α} − 1) and 10^4 T", "e<sup>−2α</sup>(e<sup>2α</sup> − 1) and 10<sup>4</sup> T"),
    ("(−1)^T/(2K)", "(−1)<sup>T</sup>/(2K)"),
    ("Σ_k d_k a_s^k = a_s^K", "Σ<sub>k</sub> d<sub>k</sub> a<sub>s</sub><sup>k</sup> = a<sub>s</sub><sup>K</sup>"),
    ("1/(1 − a_sρ), b̄_t, z_1..z_S", "1/(1 − a<sub>s</sub>ρ), b̄<sub>t</sub>, z<sub>1</sub>..z<sub>S</sub>"),
    ("ρ^|n|", "ρ<sup>|n|</sup>"),
    ("see uncertainty.ar_loss_in_weights and a < b", "see uncertainty.ar_loss_in_weights and a &lt; b"),
    ("`a_s^k` stays", "<code>a_s^k</code> stays"),
    ("<b>", "&lt;b&gt;"),
])
def test_exponents_and_indices(text, html):
    assert prose(text) == html
