/** {@code ./model}: writes what the ten steps need for a new model, as ordinary code that is then changed by hand, and takes it back. */
@NullMarked
package dev.tandem.tool.model;

import org.jspecify.annotations.NullMarked;
