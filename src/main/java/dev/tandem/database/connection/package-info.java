/** How connections to a PostgreSQL are opened and closed, whatever they are for. */
@NullMarked
package dev.tandem.database.connection;

import org.jspecify.annotations.NullMarked;
