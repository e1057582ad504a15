package dev.tandem.domain.facet;

import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;

/**
 * What is to be counted of a field.
 *
 * <p>The values of a document in the field are those that {@linkplain Filter filters} compare: each element of a list is one, and null is none.
 * Equal values of one document count once. {@code 1} and {@code 1.0} are equal, {@code 1} and {@code "1"} are not.
 *
 * @param name as the client calls it
 * @param filter matches the documents that are counted
 */
public record Facet(String name, FilterField field, Measure measure, Filter filter) {}
