/** What migrations that are written in Java begin with. The migrations themselves are in {@code db.migration}, beside the house like the scripts. */
@NullMarked
package dev.tandem.database.migration;

import org.jspecify.annotations.NullMarked;
