/** CSV as a format of imports: its rows become lines of JSON before anything else sees them. */
@NullMarked
package dev.tandem.api.imports.csv;

import org.jspecify.annotations.NullMarked;
