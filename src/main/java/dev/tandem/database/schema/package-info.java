/**
 * What JPA's annotations cannot declare about a table: kinds of indexes, and foreign keys on columns that are no associations. With these
 * annotations the entities declare the whole schema; {@code ./db} compares it with the migrated one.
 */
@NullMarked
package dev.tandem.database.schema;

import org.jspecify.annotations.NullMarked;
