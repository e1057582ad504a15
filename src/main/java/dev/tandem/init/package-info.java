/**
 * Step 5 of ten: init. Finds or starts the database, lets Flyway migrate it to the newest version, opens the pool, and starts the timers
 * that embed and index.
 */
@NullMarked
package dev.tandem.init;

import org.jspecify.annotations.NullMarked;
