/** Facets over HTTP. */
@NullMarked
package dev.tandem.api.facet;

import org.jspecify.annotations.NullMarked;
