/** The proof: scripts are replayed over rows, up and down, before they are written. */
@NullMarked
package dev.tandem.tool.migration.verify;

import org.jspecify.annotations.NullMarked;
