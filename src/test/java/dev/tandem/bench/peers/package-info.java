/** Searches beside those of other engines, on the same machine and the same documents. */
@NullMarked
package dev.tandem.bench.peers;

import org.jspecify.annotations.NullMarked;
