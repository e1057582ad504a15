/** The JSON Schema of a collection, which the metadata of its documents must satisfy. */
@NullMarked
package dev.tandem.factory.schema;

import org.jspecify.annotations.NullMarked;
