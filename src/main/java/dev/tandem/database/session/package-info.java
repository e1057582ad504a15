/** Step 3 of ten: the session. The unit of work is the only opener of sessions and transactions. */
@NullMarked
package dev.tandem.database.session;

import org.jspecify.annotations.NullMarked;
