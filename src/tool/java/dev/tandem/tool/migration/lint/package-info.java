/**
 * What a migration may not do to a database that is in use. Scripts are read as words, not run: each rule names what it found, why that
 * hurts, and what to write instead.
 */
@NullMarked
package dev.tandem.tool.migration.lint;

import org.jspecify.annotations.NullMarked;
