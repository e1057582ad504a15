/** Places on the earth, as metadata and filters have them. */
@NullMarked
package dev.tandem.domain.metadata.geo;

import org.jspecify.annotations.NullMarked;
