/**
 * Step 4 of ten: migration support. Compares the schema that the migrations produce with the one that the entities declare, and writes the
 * scripts between them. Each script is proven by a replay before it is written.
 */
@NullMarked
package dev.tandem.tool.migration;

import org.jspecify.annotations.NullMarked;
