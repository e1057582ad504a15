/** Step 3 of ten: the session. Only the unit of work opens sessions and transactions. */
@NullMarked
package dev.tandem.database.session;

import org.jspecify.annotations.NullMarked;
