/** Makes filters. */
@NullMarked
package dev.tandem.factory.metadata;

import org.jspecify.annotations.NullMarked;
