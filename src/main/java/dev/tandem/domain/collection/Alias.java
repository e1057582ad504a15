package dev.tandem.domain.collection;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.refusal.Noun;
import dev.tandem.domain.refusal.Refusal;
import java.time.Instant;
import java.util.UUID;

/**
 * Another name of a collection, which can be given to another collection at any time.
 *
 * @param name unique among the names of aliases and collections
 * @param collectionId of the collection that it is a name of
 * @param collection that collection's own name
 * @param version starts at 1 and grows by one each time it goes to another collection
 */
@Aggregate
public record Alias(
        String name, UUID collectionId, String collection, long version, Instant createdAt, Instant updatedAt) {

    private static final String SWITCHED = "alias.switched";

    public static final Noun NOUN = new Noun("alias", "There is no alias named '%s'.");

    /** The alias as a name of that collection, one version later; the same object if it is one already. */
    public Alias pointedTo(Collection target, Instant now) {
        return target.id().equals(collectionId)
                ? this
                : new Alias(name, target.id(), target.name(), version + 1, createdAt, now);
    }

    /** Whether an alias of that version has led to another collection before. */
    public static boolean isSwitched(long version) {
        return version > 1;
    }

    /** Fails a write that began by an alias and would come to an end after that was given to another collection. */
    public static Refusal switchedAway(String name) {
        return new Refusal.Conflict(
                SWITCHED,
                "The alias '" + name
                        + "' was pointed to another collection meanwhile. What is not answered is not written: send it again, for that collection.");
    }

    /** Whether that is why something was refused. */
    public static boolean isSwitchedAway(Throwable failure) {
        return failure instanceof Refusal refusal && refusal.code().equals(SWITCHED);
    }

    /** Fails the making of an alias whose name something else has. */
    public static Refusal taken() {
        return new Refusal.Conflict("alias.name.taken", "A collection has this name.");
    }
}
