/**
 * Step 5 of ten: init. Finds or starts the database, lets Flyway bring it to the newest version, opens the pool and starts the clocks that
 * embed and index.
 */
@NullMarked
package dev.tandem.init;

import org.jspecify.annotations.NullMarked;
