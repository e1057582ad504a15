/** Loading and searching whole collections: Tandem alone as they grow, and beside other engines on the same machine with the same documents. */
@NullMarked
package dev.tandem.bench.peers;

import org.jspecify.annotations.NullMarked;
