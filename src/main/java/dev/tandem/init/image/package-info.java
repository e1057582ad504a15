/** What the builder of a native image runs. The service itself never loads it. */
@NullMarked
package dev.tandem.init.image;

import org.jspecify.annotations.NullMarked;
