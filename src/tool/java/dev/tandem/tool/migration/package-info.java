/**
 * Step 4 of ten: migration support. Compares the schema that the migrations lead to with the one that the entities declare, and writes the
 * scripts between them; each script is proven by replaying it before anyone reads it.
 */
@NullMarked
package dev.tandem.tool.migration;

import org.jspecify.annotations.NullMarked;
