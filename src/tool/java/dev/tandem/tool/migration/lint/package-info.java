/**
 * What a migration must not do to a database in use. Scripts are read as words, not run. Each rule says what it found, why that causes
 * harm, and what to write instead.
 */
@NullMarked
package dev.tandem.tool.migration.lint;

import org.jspecify.annotations.NullMarked;
