/** Lines of imports as JSON: documents, and merge patches of documents. */
@NullMarked
package dev.tandem.api.imports.json;

import org.jspecify.annotations.NullMarked;
