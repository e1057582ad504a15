/** The parts of which collections' indexes consist: each in one engine of this service. */
@NullMarked
package dev.tandem.index.parts;

import org.jspecify.annotations.NullMarked;
