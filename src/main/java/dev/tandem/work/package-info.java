/**
 * Bounded pools of named threads, for computing that would block an event loop. Work that is waited for: the way back to the caller's
 * event loop, the parts that traces show, the pauses between attempts, and the renewal of leases.
 */
@NullMarked
package dev.tandem.work;

import org.jspecify.annotations.NullMarked;
