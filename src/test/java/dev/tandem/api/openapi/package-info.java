/** Compares the API's description with the API. */
@NullMarked
package dev.tandem.api.openapi;

import org.jspecify.annotations.NullMarked;
