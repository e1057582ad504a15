/** What the builder of a native image runs. */
@NullMarked
package dev.tandem.init.image;

import org.jspecify.annotations.NullMarked;
