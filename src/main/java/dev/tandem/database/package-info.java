/** PostgreSQL, the truth: its rows, the way between rows and the domain, and the only place where sessions begin. */
@NullMarked
package dev.tandem.database;

import org.jspecify.annotations.NullMarked;
