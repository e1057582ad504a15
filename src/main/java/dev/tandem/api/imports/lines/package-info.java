/** From the bytes of a body to its lines, a bounded step at a time. */
@NullMarked
package dev.tandem.api.imports.lines;

import org.jspecify.annotations.NullMarked;
