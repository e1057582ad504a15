/** Bounded pools of named threads, for computing that would block an event loop. */
@NullMarked
package dev.tandem.work;

import org.jspecify.annotations.NullMarked;
