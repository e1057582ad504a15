/** Tests that break things on purpose: processes, connections and disks. They run the packaged application. */
@NullMarked
package dev.tandem.crash;

import org.jspecify.annotations.NullMarked;
