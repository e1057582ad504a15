/** The API's description: what the resources alone do not tell OpenAPI. */
@NullMarked
package dev.tandem.api.openapi;

import org.jspecify.annotations.NullMarked;
