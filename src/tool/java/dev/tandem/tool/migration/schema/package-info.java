/** Live schemas to compare: scratch databases, the schema that the migrations produce, and the schema that the entities declare. */
@NullMarked
package dev.tandem.tool.migration.schema;

import org.jspecify.annotations.NullMarked;
