/**
 * The engine pgvector: vectors in a PostgreSQL with that extension, which may be the one with the rows or another one. It has its own schema,
 * migrations and connections, and does not know the rows.
 */
@NullMarked
package dev.tandem.index.pgvector;

import org.jspecify.annotations.NullMarked;
