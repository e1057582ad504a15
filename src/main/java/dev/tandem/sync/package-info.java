/** The clock as a caller: what happens without anybody asking. Embedding what is due, and following the change log. */
@NullMarked
package dev.tandem.sync;

import org.jspecify.annotations.NullMarked;
