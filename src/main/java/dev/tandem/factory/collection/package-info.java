/** Makes collections. */
@NullMarked
package dev.tandem.factory.collection;

import org.jspecify.annotations.NullMarked;
