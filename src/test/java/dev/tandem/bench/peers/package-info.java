/** Vector search beside that of another engine, on the same machine and the same vectors. */
@NullMarked
package dev.tandem.bench.peers;

import org.jspecify.annotations.NullMarked;
