/** The engine pgvector, on a real server. */
@NullMarked
package dev.tandem.index.pgvector;

import org.jspecify.annotations.NullMarked;
