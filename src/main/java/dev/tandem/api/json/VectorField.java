package dev.tandem.api.json;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.jspecify.annotations.Nullable;

/**
 * What a body says of a vector. A body that does not mention the vector has no such field, which is something else than null.
 *
 * @param components null where the body says that there is no vector
 */
@JsonDeserialize(using = VectorFieldReader.class)
@SuppressWarnings("ArrayRecordComponent") // read from JSON and handed on, never compared
public record VectorField(float @Nullable [] components) {}
