package dev.tandem.domain.collection;

import dev.tandem.domain.refusal.Refusal;

/**
 * A collection whose documents are the records of a model. Who changes the records changes the documents in the same transaction, and nobody
 * else changes them. The service of the model declares it as a bean.
 *
 * @param collection its name
 * @param model the model's name
 */
public record Derivation(String collection, String model) {

    /** Fails with {@link Refusal.Conflict} if the collection of this name is another one. */
    public void check(Collection found) {
        if (!model.equals(found.settings().derivedFrom())) {
            throw new Refusal.Conflict(
                    "collection.not_derived",
                    "The collection '" + collection + "' has documents of its own, so records of '" + model
                            + "' cannot be written. Export its documents to another collection, and delete it.");
        }
    }
}
