/** The API's description: what the code alone doesn't say to OpenAPI. */
@NullMarked
package dev.tandem.api.openapi;

import org.jspecify.annotations.NullMarked;
