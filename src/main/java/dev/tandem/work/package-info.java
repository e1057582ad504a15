/** Where computing happens that would hold up an event loop: bounded pools of named threads. */
@NullMarked
package dev.tandem.work;

import org.jspecify.annotations.NullMarked;
