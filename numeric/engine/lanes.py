"""Register tiles for numba: LLVM vectors of 512 bits (8 doubles or 16 singles), each inner loop emitted with its accumulators in registers.

Every product is followed by a fused addition (`llvm.fma`: one rounding), in the order written here; no fast-math flag is set, so that
a result does not depend on how a loop was cut. A processor without 512-bit registers splits the vectors; the numbers stay the same.

Layouts, W lanes, C = 1 (real) or 2 (real and imaginary part), all arrays flat:
  modes in lanes   coef[4][P][W] = ar, ai, wr, wi of P·W modes; x[2][P][W]; u[steps][C], one input row; y[steps][C][W], lane sums
  rows in lanes    coef[4][P]; x[2][P][R][W]; u[steps][C][R][W] and y[steps][C][R][W] for R·W input rows
"""

from __future__ import annotations

from numba.core import cgutils, types
from numba.extending import intrinsic

ir = cgutils.ir
BITS = 512


class _Emit:
    """Vector instructions on top of an IR builder, for elements of one numba float type."""

    def __init__(self, builder, dtype):
        self.builder, self.bits = builder, dtype.bitwidth
        self.width = BITS // self.bits
        self.scalar = ir.DoubleType() if self.bits == 64 else ir.FloatType()
        self.type = ir.VectorType(self.scalar, self.width)

    def place(self, data, *terms):
        """data + Σ terms; a term is an IR integer, a Python integer, or a pair of terms to multiply."""
        total = ir.Constant(ir.IntType(64), 0)
        for term in terms:
            total = self.builder.add(total, self._integer(term))
        return self.builder.gep(data, [total])

    def _integer(self, term):
        if isinstance(term, tuple):
            return self.builder.mul(self._integer(term[0]), self._integer(term[1]))
        return ir.Constant(ir.IntType(64), term) if isinstance(term, int) else term

    def load(self, pointer):
        value = self.builder.load(self.builder.bitcast(pointer, self.type.as_pointer()))
        value.align = self.bits // 8
        return value

    def store(self, value, pointer, past_caches: bool = False):
        """past_caches: the line is not fetched before it is written; `pointer` is a multiple of 64 bytes then."""
        made = self.builder.store(value, self.builder.bitcast(pointer, self.type.as_pointer()))
        made.align = BITS // 8 if past_caches else self.bits // 8
        if past_caches:
            made.set_metadata("nontemporal", self.builder.module.add_metadata([ir.Constant(ir.IntType(32), 1)]))

    def spread(self, pointer):
        """The number at `pointer` in every lane."""
        none, first = ir.Constant(self.type, ir.Undefined), ir.Constant(ir.IntType(32), 0)
        vector = self.builder.insert_element(none, self.builder.load(pointer), first)
        return self.shuffle(vector, none, [0] * self.width)

    def shuffle(self, left, right, lanes):
        return self.builder.shuffle_vector(left, right, ir.Constant(ir.VectorType(ir.IntType(32), self.width), lanes))

    def zero(self):
        return ir.Constant(self.type, [0.0] * self.width)

    def fma(self, a, b, c):
        """a·b + c with one rounding."""
        kind = ir.FunctionType(self.type, [self.type] * 3)
        name = f"llvm.fma.v{self.width}f{self.bits}"
        return self.builder.call(cgutils.get_or_insert_function(self.builder.module, kind, name), [a, b, c])

    def minus(self, a):
        return self.builder.fneg(a)

    def size(self, a):
        """|a| in every lane."""
        kind = ir.FunctionType(self.type, [self.type])
        return self.builder.call(cgutils.get_or_insert_function(self.builder.module, kind, f"llvm.fabs.v{self.width}f{self.bits}"), [a])

    def sum_of_lanes(self, a):
        """The lanes added one after the other, as a scalar."""
        total, i32 = None, ir.IntType(32)
        for lane in range(self.width):
            one = self.builder.extract_element(a, ir.Constant(i32, lane))
            total = one if total is None else self.builder.fadd(total, one)
        return total

    def fetch(self, pointer, write: bool):
        """Ask for the line at `pointer`, which need not exist; nothing is read or written."""
        i32, byte = ir.IntType(32), ir.IntType(8).as_pointer()
        kind = ir.FunctionType(ir.VoidType(), [byte, i32, i32, i32])
        call = cgutils.get_or_insert_function(self.builder.module, kind, "llvm.prefetch.p0")
        pointer = self.builder.bitcast(pointer, byte)
        self.builder.call(call, [pointer, ir.Constant(i32, int(write)), ir.Constant(i32, 3), ir.Constant(i32, 1)])

    def register(self, value):
        """A variable that LLVM keeps in a register."""
        slot = cgutils.alloca_once(self.builder, self.type)
        self.builder.store(value, slot)
        return slot

    def pairs(self, vectors, distance):
        """For each pair `distance` lanes apart, the two vectors that swap their off-diagonal blocks of that size."""
        W, out = self.width, list(vectors)
        low = [i if not i & distance else i - distance + W for i in range(W)]
        high = [i + distance if not i & distance else i + W for i in range(W)]
        for i in range(W):
            if not i & distance:
                a, b = vectors[i], vectors[i + distance]
                out[i], out[i + distance] = self.shuffle(a, b, low), self.shuffle(a, b, high)
        return out

    def turned(self, vectors):
        """The transpose of a square of W vectors."""
        distance = self.width // 2
        while distance:
            vectors, distance = self.pairs(vectors, distance), distance // 2
        return vectors


def _data(context, builder, signature, arguments):
    """The arguments, with each array replaced by the pointer to its data."""
    def plain(kind, value):
        return context.make_array(kind)(context, builder, value).data if isinstance(kind, types.Array) else value

    return [plain(kind, value) for kind, value in zip(signature.args, arguments, strict=True)]


def advance(P: int, R: int, C: int, *, modes_in_lanes: bool, output: bool = True):
    """The intrinsic advance(coef, c0, x, x0, u, u0, y, y0, steps): x ← a x + u and y += w x, for P×R vectors kept in registers.

    Six fused operations per vector and step for C = 1, eight for C = 2; four without output. The dependent chain is two of them,
    so that P·R ≥ 3 keeps two multipliers of latency 4 busy."""
    @intrinsic
    def tile(typing, coef, c0, x, x0, u, u0, y, y0, steps):
        def emit(context, builder, signature, arguments):
            coef_, c0_, x_, x0_, u_, u0_, y_, y0_, steps_ = _data(context, builder, signature, arguments)
            v = _Emit(builder, signature.args[0].dtype)
            W = v.width

            def coefficient(k, p):
                return v.load(v.place(coef_, c0_, (k * P + p) * W)) if modes_in_lanes else v.spread(v.place(coef_, c0_, k * P + p))

            ar, ai, wr, wi = ([coefficient(k, p) for p in range(P)] if k < 2 or output else None for k in range(4))
            state = {(c, p, r): v.register(v.load(v.place(x_, x0_, ((c * P + p) * R + r) * W)))
                     for c in (0, 1) for p in range(P) for r in range(R)}
            with cgutils.for_range(builder, steps_) as loop:
                n, u_at, y_at = loop.index, {}, {}
                for r in range(R):
                    for c in range(C):
                        if modes_in_lanes:
                            u_at[c, r] = v.spread(v.place(u_, u0_, (n, C), c))
                        else:
                            u_at[c, r] = v.load(v.place(u_, u0_, (n, C * R * W), (c * R + r) * W))
                        y_at[c, r] = v.place(y_, y0_, (n, C * R * W), (c * R + r) * W)
                total = {key: v.load(place) for key, place in y_at.items()} if output else {}
                for p in range(P):
                    for r in range(R):
                        xr, xi = builder.load(state[0, p, r]), builder.load(state[1, p, r])
                        re = v.fma(ar[p], xr, v.fma(v.minus(ai[p]), xi, u_at[0, r]))
                        im = v.fma(ar[p], xi, v.fma(ai[p], xr, u_at[1, r]) if C == 2 else builder.fmul(ai[p], xr))
                        builder.store(re, state[0, p, r])
                        builder.store(im, state[1, p, r])
                        if output:
                            total[0, r] = v.fma(v.minus(wi[p]), im, v.fma(wr[p], re, total[0, r]))
                        if output and C == 2:
                            total[1, r] = v.fma(wi[p], re, v.fma(wr[p], im, total[1, r]))
                for key, value in total.items():
                    v.store(value, y_at[key])
            for (c, p, r), slot in state.items():
                v.store(builder.load(slot), v.place(x_, x0_, ((c * P + p) * R + r) * W))
            return context.get_dummy_value()
        return types.void(coef, types.intp, x, types.intp, u, types.intp, y, types.intp, types.intp), emit

    return tile


def correct(R: int, C: int):
    """The intrinsic correct(power, p0, x, x0, y, y0, steps), rows in lanes: y[n] += power[n] x for one mode, power[steps][2]."""
    @intrinsic
    def tile(typing, power, p0, x, x0, y, y0, steps):
        def emit(context, builder, signature, arguments):
            power_, p0_, x_, x0_, y_, y0_, steps_ = _data(context, builder, signature, arguments)
            v = _Emit(builder, signature.args[0].dtype)
            state = {(c, r): v.load(v.place(x_, x0_, (c * R + r) * v.width)) for c in (0, 1) for r in range(R)}
            with cgutils.for_range(builder, steps_) as loop:
                re, im = (v.spread(v.place(power_, p0_, (loop.index, 2), c)) for c in (0, 1))
                for r in range(R):
                    places = [v.place(y_, y0_, (loop.index, C * R * v.width), (c * R + r) * v.width) for c in range(C)]
                    v.store(v.fma(v.minus(im), state[1, r], v.fma(re, state[0, r], v.load(places[0]))), places[0])
                    if C == 2:
                        v.store(v.fma(im, state[0, r], v.fma(re, state[1, r], v.load(places[1]))), places[1])
            return context.get_dummy_value()
        return types.void(power, types.intp, x, types.intp, y, types.intp, types.intp), emit

    return tile


def product(rows: int, vectors: int):
    """The intrinsic product(A, a0, lda, B, b0, ldb, K, C, c0, ldc): C += A·B for a tile of rows × vectors·W, with K the inner length."""
    @intrinsic
    def tile(typing, A, a0, lda, B, b0, ldb, K, C, c0, ldc):
        def emit(context, builder, signature, arguments):
            A_, a0_, lda_, B_, b0_, ldb_, K_, C_, c0_, ldc_ = _data(context, builder, signature, arguments)
            v = _Emit(builder, signature.args[0].dtype)
            cells = [(i, j) for i in range(rows) for j in range(vectors)]
            total = {(i, j): v.register(v.load(v.place(C_, c0_, (ldc_, i), j * v.width))) for i, j in cells}
            with cgutils.for_range(builder, K_) as loop:
                right = [v.load(v.place(B_, b0_, (loop.index, ldb_), j * v.width)) for j in range(vectors)]
                for i in range(rows):
                    left = v.spread(v.place(A_, a0_, (lda_, i), loop.index))
                    for j in range(vectors):
                        builder.store(v.fma(left, right[j], builder.load(total[i, j])), total[i, j])
            for i, j in cells:
                v.store(builder.load(total[i, j]), v.place(C_, c0_, (ldc_, i), j * v.width))
            return context.get_dummy_value()
        i8 = types.intp
        return types.void(A, i8, i8, B, i8, i8, i8, C, i8, i8), emit

    return tile


@intrinsic
def transpose(typing, source, s0, rows, target, t0, columns):
    """target[t0 + j·columns + i] = source[s0 + i·rows + j] for a square of W × W."""
    def emit(context, builder, signature, arguments):
        source_, s0_, rows_, target_, t0_, columns_ = _data(context, builder, signature, arguments)
        v = _Emit(builder, signature.args[0].dtype)
        square = v.turned([v.load(v.place(source_, s0_, (rows_, i))) for i in range(v.width)])
        for j, vector in enumerate(square):
            v.store(vector, v.place(target_, t0_, (columns_, j)))
        return context.get_dummy_value()
    return types.void(source, types.intp, types.intp, target, types.intp, types.intp), emit


@intrinsic
def fold(typing, source, s0, rows, target, t0):
    """target[t0 + i] = Σ of the W lanes of source[s0 + i·rows …] for i < W, added as a balanced tree."""
    def emit(context, builder, signature, arguments):
        source_, s0_, rows_, target_, t0_ = _data(context, builder, signature, arguments)
        v = _Emit(builder, signature.args[0].dtype)
        W, distance = v.width, v.width // 2
        sums = {i: v.load(v.place(source_, s0_, (rows_, i))) for i in range(W)}
        while distance:
            low = [i if not i & distance else i - distance + W for i in range(W)]
            high = [i + distance if not i & distance else i + W for i in range(W)]
            sums = {i: builder.fadd(v.shuffle(sums[i], sums[i + distance], low), v.shuffle(sums[i], sums[i + distance], high))
                    for i in range(distance)}
            distance //= 2
        v.store(sums[0], v.place(target_, t0_))
        return context.get_dummy_value()
    return types.void(source, types.intp, types.intp, target, types.intp), emit


@intrinsic
def fma(typing, a, b, c):
    """a·b + c of three floats with one rounding."""
    def emit(context, builder, signature, arguments):
        kind = context.get_value_type(signature.return_type)
        name = f"llvm.fma.f{signature.return_type.bitwidth}"
        return builder.call(cgutils.get_or_insert_function(builder.module, ir.FunctionType(kind, [kind] * 3), name), arguments)
    return a(a, a, a), emit


def _fetch(write: bool):
    @intrinsic
    def ask(typing, array, i):
        def emit(context, builder, signature, arguments):
            data, index = _data(context, builder, signature, arguments)
            _Emit(builder, signature.args[0].dtype).fetch(builder.gep(data, [index]), write)
            return context.get_dummy_value()
        return types.void(array, types.intp), emit

    return ask


soon_read, soon_written = _fetch(False), _fetch(True)  # fetch the line of array[i] into the cache; nothing is read or written
