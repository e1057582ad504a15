/** The schemas of bodies, completed by what the records and enumerations say that are written as JSON. */
@NullMarked
package dev.tandem.api.openapi.schema;

import org.jspecify.annotations.NullMarked;
