"""Diagonal and Householder recurrences at the speed of the machine, with a bound of the error. Entry points: `numeric.simulate`,
`numeric.engine.api`, `numeric.engine.varying`, `numeric.engine.householder`.

module         what it holds
`api`          simulate: one entry point, and what it returns
`problem`      arguments checked: shapes, finiteness, range, memory
`plan`         which algorithm, and why
`tiled`        the recurrence in registers and the blocked scan
`matrix`       blocks of time as matrix products
`fft`          overlap-save convolution with the impulse response
`even`         evenly spaced poles: their response from one FFT
`precise`      double-double, for reference and for tables
`bounds`       a-priori error bounds and the model they rest on
`lanes`        register tiles as LLVM vectors, for numba
`strips`       the same with many rows in lanes, without scratch
`regimes`      the sizes speed is stated for, by name
`varying`      poles that change with time
`householder`  H ← H − β k (kᵀH) + v kᵀ
`cuda`         the diagonal recurrence on an accelerator

numba is imported by the modules that need it, when they are needed.
"""
