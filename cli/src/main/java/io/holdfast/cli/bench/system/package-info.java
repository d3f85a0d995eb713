/** The monotonic clock of benchmarks. */
@NullMarked
package io.holdfast.cli.bench.system;

import org.jspecify.annotations.NullMarked;
