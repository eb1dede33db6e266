#pragma once

// What every file with kernels includes first. Three sets of instructions are compiled: the baseline of
// x86-64, AVX2 and AVX-512; those between them gain these kernels nothing and would double the time to
// compile.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX3_DL)
