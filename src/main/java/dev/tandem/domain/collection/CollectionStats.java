package dev.tandem.domain.collection;

/**
 * A collection in numbers.
 *
 * @param pending documents whose vectors are still to come
 * @param parked documents whose embedding has been given up until somebody looks
 */
public record CollectionStats(long documents, long chunks, long pending, long parked) {}
