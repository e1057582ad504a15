/**
 * What JPA's annotations can't say about a table: kinds of indexes, and foreign keys on columns that are no associations. Entities carry
 * these annotations so that they declare the whole schema; {@code ./db} compares it with the migrated one.
 */
@NullMarked
package dev.tandem.database.schema;

import org.jspecify.annotations.NullMarked;
