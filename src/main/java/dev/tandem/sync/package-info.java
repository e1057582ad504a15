/**
 * Timers that call use cases: what happens without a request, such as embedding due documents, following the change log and running jobs.
 */
@NullMarked
package dev.tandem.sync;

import org.jspecify.annotations.NullMarked;
