/** Benchmarks: how fast something is beside something else, in the same run. Run by name; the suite doesn't. */
@NullMarked
package dev.tandem.bench;

import org.jspecify.annotations.NullMarked;
