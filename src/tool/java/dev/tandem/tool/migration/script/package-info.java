/** Migration scripts: what is in the folder, and what is written to it. */
@NullMarked
package dev.tandem.tool.migration.script;

import org.jspecify.annotations.NullMarked;
