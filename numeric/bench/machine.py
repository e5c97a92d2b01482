"""The ceilings of this machine, measured in the same run as everything else: one thread, and the triad on two."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numba.core import cgutils, types
from numba.extending import intrinsic

from numeric.bench import Regime, Target

ir = cgutils.ir
CHAINS = 12  # independent sums: two multipliers of latency 4 need eight, sixteen registers hold twelve and two constants


def _chains(bits: int):
    """The intrinsic chains(x, steps): `steps` fused multiply-adds in each of CHAINS vectors of doubles that stay in registers."""
    lanes = bits // 64

    @intrinsic
    def chains(typing, x, steps):
        def emit(context, builder, signature, arguments):
            vector = ir.VectorType(ir.DoubleType(), lanes)
            name = f"llvm.fma.v{lanes}f64"
            fma = cgutils.get_or_insert_function(builder.module, ir.FunctionType(vector, [vector] * 3), name)

            def spread(value):
                one = builder.insert_element(ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
                return builder.shuffle_vector(one, one, ir.Constant(ir.VectorType(ir.IntType(32), lanes), [0] * lanes))

            start = spread(arguments[0])
            sums = [cgutils.alloca_once(builder, vector) for _ in range(CHAINS)]
            for j, place in enumerate(sums):
                builder.store(builder.fmul(start, ir.Constant(vector, [1.0 + j] * lanes)), place)
            with cgutils.for_range(builder, arguments[1]):
                for place in sums:
                    builder.store(builder.call(fma, [builder.load(place), start, start]), place)
            total = builder.load(sums[0])
            for place in sums[1:]:
                total = builder.fadd(total, builder.load(place))
            out = builder.extract_element(total, ir.Constant(ir.IntType(32), 0))
            for lane in range(1, lanes):
                out = builder.fadd(out, builder.extract_element(total, ir.Constant(ir.IntType(32), lane)))
            return out
        return types.float64(types.float64, types.intp), emit

    @njit(nogil=True)
    def run(x, steps):
        return chains(x, steps)

    return run, 2 * lanes * CHAINS


@njit(nogil=True)
def _triad(a, b, c, s):
    for i in range(a.shape[0]):
        a[i] = b[i] + s * c[i]


def ceilings(quick: bool = False) -> Regime:
    """dgemm as numpy ships it, fused multiply-adds in registers, STREAM's triad out of the caches."""
    n, steps, length = (128, 10**4, 10**5) if quick else (1024, 10**6, 10**7)
    rng = np.random.default_rng(1)
    left, right, product = rng.random((n, n)), rng.random((n, n)), np.empty((n, n))
    a, b, c = np.zeros(length), np.ones(length), np.ones(length)
    (narrow, few), (wide, many) = _chains(256), _chains(512)
    half, other = length // 2, ThreadPoolExecutor(1)

    def shared() -> None:
        rest = other.submit(_triad, a[half:], b[half:], c[half:], 0.5)
        _triad(a[:half], b[:half], c[:half], 0.5)
        rest.result()

    routines = {
        "dgemm": lambda: np.matmul(left, right, out=product), "FMA, 256 bits": lambda: narrow(0.5, steps),
        "FMA, 512 bits": lambda: wide(0.5, steps), "triad": lambda: _triad(a, b, c, 0.5),
        "triad, 2 threads": shared,
    }
    work = {"dgemm": 2.0 * n**3, "FMA, 256 bits": float(few * steps), "FMA, 512 bits": float(many * steps), "triad": 24.0 * length,
            "triad, 2 threads": 24.0 * length}
    rates = dict.fromkeys(routines, "GFLOP/s") | {"triad": "GB/s", "triad, 2 threads": "GB/s"}
    return Regime(f"ceilings of one thread: dgemm {n}×{n}, multiply-adds in registers, triad of {length} doubles", routines, rounds=9,
                  work=work, rates=rates, targets=(Target("triad, 2 threads", "triad", shared=True),),
                  note="the triad counts 24 bytes an entry, as STREAM does; a cache line fetched before it is "
                                               "written makes it more")
