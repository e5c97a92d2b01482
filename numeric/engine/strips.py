"""Rows in lanes without scratch: squares of W rows × W samples are turned in registers, run, turned back and stored.

A strip is up to W rows of real input, each contiguous; a lane is a row. Beside the recurrence the kernel adds up |u|, so that no other
pass over the input is needed to know that it is finite. Roundings and their order are those of the tiles in `lanes`, so that a strip may
be cut into strips and tiles anywhere.
"""

from __future__ import annotations

from numba.core import cgutils, types
from numba.extending import intrinsic

from numeric.engine.lanes import _data, _Emit, ir

AHEAD = 8  # lines of 64 bytes that are asked for before they are needed


def _step(v, coefficients, state, sample, total):
    """One step of len(coefficients) modes, (ar, ai, wr, wi) each: the new state (re, im of each mode) and total + w x."""
    after = []
    for (ar, ai, wr, wi), (xr, xi) in zip(coefficients, state, strict=True):
        re = v.fma(ar, xr, v.fma(v.minus(ai), xi, sample))
        im = v.fma(ar, xi, v.builder.fmul(ai, xr))
        total = v.fma(v.minus(wi), im, v.fma(wr, re, total))
        after.append((re, im))
    return after, total


class _Square:
    """Where sample n·W … of each of W rows lies; rows from `count` on stand for the last one."""

    def __init__(self, v, data, start, row, count):
        last = v.builder.sub(count, ir.Constant(ir.IntType(64), 1))
        numbers = [ir.Constant(ir.IntType(64), i) for i in range(v.width)]
        rows = [v.builder.select(v.builder.icmp_signed("<", i, last), i, last) for i in numbers]
        self.v, self.data, self.starts = v, data, [v.builder.add(start, v.builder.mul(i, row)) for i in rows]

    def places(self, n, ahead: int = 0):
        return [self.v.place(self.data, start, (n, self.v.width), ahead * self.v.width) for start in self.starts]

    def fetch(self, n, write: bool, ahead: int):
        for place in self.places(n, ahead):
            self.v.fetch(place, write)

    def read(self, n):
        return [self.v.load(place) for place in self.places(n)]

    def write(self, n, vectors, past_caches: bool):
        """From the last row to the first: what stands in for a row is overwritten by it."""
        for vector, place in reversed(list(zip(vectors, self.places(n), strict=True))):
            self.v.store(vector, place, past_caches)


class _Modes:
    """Coefficients and states of passes of P modes: coef[passes][4][P], x[passes][2][P][W]."""

    def __init__(self, v, P: int, coef, c0, x, x0):
        self.v, self.P, self.coef, self.c0, self.x, self.x0 = v, P, coef, c0, x, x0

    def coefficients(self, k):
        """(ar, ai, wr, wi) of each mode of pass k, in every lane."""
        v, P = self.v, self.P
        return [[v.spread(v.place(self.coef, self.c0, (k, 4 * P), i * P + p)) for i in range(4)] for p in range(P)]

    def places(self, k):
        v, P = self.v, self.P
        return [[v.place(self.x, self.x0, (k, 2 * P * v.width), (c * P + p) * v.width) for c in (0, 1)] for p in range(P)]

    def state(self, k):
        return [[self.v.load(place) for place in both] for both in self.places(k)]

    def keep(self, k, state) -> None:
        for pair, both in zip(state, self.places(k), strict=True):
            for value, place in zip(pair, both, strict=True):
                self.v.store(value, place)


def _all_passes(v, modes: _Modes, passes, samples):
    """Σ w x for W samples, the state of each pass fetched and put back."""
    slots = [v.register(v.zero()) for _ in samples]
    for slot in slots:
        v.builder.store(v.zero(), slot)
    with cgutils.for_range(v.builder, passes) as loop:
        coefficients, state = modes.coefficients(loop.index), modes.state(loop.index)
        for sample, slot in zip(samples, slots, strict=True):
            state, total = _step(v, coefficients, state, sample, v.builder.load(slot))
            v.builder.store(total, slot)
        modes.keep(loop.index, state)
    return [v.builder.load(slot) for slot in slots]


def _one_pass(v, coefficients, slots, samples):
    """Σ w x for W samples, the state in registers."""
    state, sums = [[v.builder.load(slot) for slot in both] for both in slots], []
    for sample in samples:
        state, total = _step(v, coefficients, state, sample, v.zero())
        sums.append(total)
    for pair, both in zip(state, slots, strict=True):
        for value, slot in zip(pair, both, strict=True):
            v.builder.store(value, slot)
    return sums


def strip(P: int, *, alone: bool, past_caches: bool = False, ahead: int = AHEAD, fetch_y: bool = True):
    """The intrinsic strip(coef, c0, x, x0, passes, u, u0, y, y0, row, count, squares) → Σ|u|: y = Σ w x over passes of P modes.

    coef[passes][4][P]; x[passes][2][P][W] is updated in place; u, y have rows of `row` numbers from u0 and y0 on, `count` ≤ W of them.
    alone: there is one pass, whose state stays in registers. past_caches: y is written past the caches; every row has to start at a
    multiple of 64 bytes there. ahead: lines between what is asked for and what is used; fetch_y: of y too. P = 2 keeps what several
    passes need within 32 registers."""
    @intrinsic
    def tile(typing, coef, c0, x, x0, passes, u, u0, y, y0, row, count, squares):
        def emit(context, builder, signature, arguments):
            coef_, c0_, x_, x0_, passes_, u_, u0_, y_, y0_, row_, count_, squares_ = _data(context, builder, signature, arguments)
            v, first = _Emit(builder, signature.args[0].dtype), 0
            source, target = _Square(v, u_, u0_, row_, count_), _Square(v, y_, y0_, row_, count_)
            modes, sizes = _Modes(v, P, coef_, c0_, x_, x0_), v.register(v.zero())
            coefficients = modes.coefficients(first) if alone else []
            slots = [[v.register(value) for value in both] for both in modes.state(first)] if alone else []
            with cgutils.for_range(builder, squares_) as loop:
                source.fetch(loop.index, False, ahead)
                if fetch_y and not past_caches:
                    target.fetch(loop.index, True, ahead)
                rows, total = source.read(loop.index), builder.load(sizes)
                for vector in rows:
                    total = builder.fadd(total, v.size(vector))
                builder.store(total, sizes)
                samples = v.turned(rows)
                sums = _one_pass(v, coefficients, slots, samples) if alone else _all_passes(v, modes, passes_, samples)
                target.write(loop.index, v.turned(sums), past_caches)
            if alone:
                modes.keep(first, [[builder.load(slot) for slot in both] for both in slots])
            if past_caches:
                builder.fence("seq_cst")  # such stores are not ordered with what tells other threads that the row is done
            return v.sum_of_lanes(builder.load(sizes))
        i8 = types.intp
        return u.dtype(coef, i8, x, i8, i8, u, i8, y, i8, i8, i8, i8), emit

    return tile


def finish(vectors: int):
    """The intrinsic finish(power, x, stride, modes, source, s0, y, y0, pieces): y = source + Σ over modes of power · state.

    A piece is `vectors`·W numbers, one after the other in source and y. power[modes][2][vectors·W] is real and imaginary part of what a
    state adds; x[modes][2] has those parts `stride` numbers apart, piece after piece. The next `pieces` of y are asked for."""
    @intrinsic
    def tile(typing, power, x, stride, modes, source, s0, y, y0, pieces):
        def emit(context, builder, signature, arguments):
            power_, x_, stride_, modes_, source_, s0_, y_, y0_, pieces_ = _data(context, builder, signature, arguments)
            v = _Emit(builder, signature.args[0].dtype)
            size = vectors * v.width
            with cgutils.for_range(builder, pieces_) as piece:
                slots = [v.register(v.load(v.place(source_, s0_, (piece.index, size), j * v.width))) for j in range(vectors)]
                with cgutils.for_range(builder, modes_) as mode:
                    even, odd = (v.place(x_, (mode.index, (2, stride_)), (c, stride_), piece.index) for c in (0, 1))
                    re, im = v.spread(even), v.minus(v.spread(odd))
                    for j, slot in enumerate(slots):
                        p, q = (v.load(v.place(power_, (mode.index, 2 * size), c * size + j * v.width)) for c in (0, 1))
                        builder.store(v.fma(q, im, v.fma(p, re, builder.load(slot))), slot)
                for j, slot in enumerate(slots):
                    v.store(builder.load(slot), v.place(y_, y0_, (piece.index, size), j * v.width))
                    v.fetch(v.place(y_, y0_, (piece.index, size), (pieces_, size), j * v.width), True)
            return context.get_dummy_value()
        i8 = types.intp
        return types.void(power, x, i8, i8, source, i8, y, i8, i8), emit

    return tile
