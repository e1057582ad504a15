/** The use cases of collections. */
@NullMarked
package dev.tandem.service.collection;

import org.jspecify.annotations.NullMarked;
