/** From two live schemas to the list of operations between them. */
@NullMarked
package dev.tandem.tool.migration.diff;

import org.jspecify.annotations.NullMarked;
