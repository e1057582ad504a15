/** PostgreSQL, the truth: its rows, the mapping between rows and the domain, and the only place that opens sessions. */
@NullMarked
package dev.tandem.database;

import org.jspecify.annotations.NullMarked;
