/** What the packaged service does besides serving, for those who run it and have no sources. Nothing of it starts the service. */
@NullMarked
package dev.tandem.init.maintenance;

import org.jspecify.annotations.NullMarked;
