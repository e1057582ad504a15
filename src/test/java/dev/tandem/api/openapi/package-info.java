/** The API's description against the API. */
@NullMarked
package dev.tandem.api.openapi;

import org.jspecify.annotations.NullMarked;
