package dev.tandem.api.json;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.jspecify.annotations.Nullable;

/**
 * A vector in a body. If the body does not mention the vector, it has no such field, which differs from null.
 *
 * @param components null if the body says that there is no vector
 */
@JsonDeserialize(using = VectorFieldReader.class)
@SuppressWarnings("ArrayRecordComponent") // read from JSON and passed on, never compared
public record VectorField(float @Nullable [] components) {}
