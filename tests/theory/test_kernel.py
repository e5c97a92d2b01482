"""The kernel's answer is believed only when it is well formed and agrees with its exit code."""

import pytest
from conftest import add_claim

from theory.errors import Fault
from theory.kernel import code_of


def test_answers_come_in_order(suite):
    files = [suite.certificate(f"small.number_{number}") for number in (2, 0)]
    answers = suite.kernel().check(files)
    assert [answer["id"] for answer in answers] == ["small.number_2", "small.number_0"]
    assert [code_of(answer) for answer in answers] == [0, 0]


def test_no_certificates_need_no_process(suite):
    assert suite.kernel().check([]) == []


@pytest.mark.parametrize(
    ("how", "message"),
    [("crash", "gave no answer"), ("silence", "gave no answer"), ("lie", "documented form"), ("wrong code", "contradicts")],
)
def test_a_broken_kernel_is_a_fault_and_the_next_claim_gets_another(suite, how, message):
    claim_id = add_claim(suite, 7, do=how)
    with pytest.raises(Fault, match=message) as caught:
        suite.kernel().check([suite.certificate(claim_id)])
    assert caught.value.code == 70
    assert suite.kernel().check([suite.certificate("small.number_0")])[0]["verdict"] == "checked"


def test_a_strength_nobody_documented_is_a_fault(suite):
    claim_id = add_claim(suite, 7, strength="certain")
    with pytest.raises(Fault, match="documented form"):
        suite.kernel().check([suite.certificate(claim_id)])


def test_time_that_runs_out_is_undecided_and_costs_no_other_certificate(tmp_path):
    from conftest import fake_suite

    suite = fake_suite(tmp_path, 1, timeout=1.0)
    slow = add_claim(suite, 8, do="sleep")
    answers = suite.kernel().check([suite.certificate("small.number_0"), suite.certificate(slow)])
    assert [answer["verdict"] for answer in answers] == ["checked", "undecided"]
    assert "time budget of 1 s" in answers[1]["reason"]["message"]
    assert code_of(answers[1]) == 2


def test_truncated_and_absent_certificates(suite):
    path = suite.certificate("small.number_0")
    path.write_bytes(path.read_bytes()[:40])
    truncated, absent = suite.kernel().check([path, suite.certificate("small.nobody")])
    assert (code_of(truncated), code_of(absent)) == (3, 4)


def test_an_assumed_verdict_is_no_success():
    assert code_of({"outcome": "accepted", "verdict": "assumed"}) == 2
