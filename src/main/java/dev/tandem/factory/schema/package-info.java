/** The JSON Schema of a collection, which its documents' metadata keep to. */
@NullMarked
package dev.tandem.factory.schema;

import org.jspecify.annotations.NullMarked;
