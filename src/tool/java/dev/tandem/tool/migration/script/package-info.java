/** Migration scripts: those in the folder, and how new ones are written to it. */
@NullMarked
package dev.tandem.tool.migration.script;

import org.jspecify.annotations.NullMarked;
