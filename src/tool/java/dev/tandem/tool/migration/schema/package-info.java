/** Live schemas to compare: scratch databases, what the migrations make of one, what the entities make of one. */
@NullMarked
package dev.tandem.tool.migration.schema;

import org.jspecify.annotations.NullMarked;
