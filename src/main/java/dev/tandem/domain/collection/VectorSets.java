package dev.tandem.domain.collection;

import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.embedding.VectorSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sets of vectors a collection has.
 *
 * @param searched the number of the set that searches use
 * @param beside another set that is kept in step with the documents; null for none
 * @param dropped the numbers of sets whose vectors are still to be deleted
 * @param last the greatest number that a set has had. No number is used twice: a replica may still have an index of a set that is gone
 */
public record VectorSets(int searched, @Nullable Beside beside, List<Integer> dropped, int last) {

    public static final VectorSets FIRST = new VectorSets(0, null, List.of(), 0);

    public VectorSets {
        dropped = List.copyOf(dropped);
    }

    /**
     * A set beside the one that searches use: either the next one, which is being made, or the former one.
     *
     * @param shownFrom of a former set: an index that shows this sequence has all that searches need of its successor. 0 for a next set
     * @param until when a former set may go; null for a next set
     */
    public record Beside(
            VectorSet set, long shownFrom, @Nullable Instant until) {}

    /** The set that is being made and that searches will use; null if there is none. */
    public @Nullable VectorSet next() {
        return beside != null && beside.until == null ? beside.set : null;
    }

    /** The set that searches used before, which is kept so that the move can be undone; null if there is none. */
    public @Nullable VectorSet former() {
        return beside != null && beside.until != null ? beside.set : null;
    }

    /** Whether a set is being made that searches will use. */
    public boolean isMoving() {
        return next() != null;
    }

    /** Whether the former set may go. */
    public boolean isFormerOver(Instant now) {
        return beside != null && beside.until != null && !now.isBefore(beside.until);
    }

    /** These with a next set. A former set is dropped. */
    VectorSets toward(EmbeddingSettings next) {
        // A document remembers one version for sets with even numbers, and one for the others.
        int number = ((last + 1 - searched) & 1) == 1 ? last + 1 : last + 2;
        return new VectorSets(searched, new Beside(new VectorSet(number, next), 0, null), alone().dropped, number);
    }

    /** These without the set beside. */
    VectorSets alone() {
        if (beside == null) {
            return this;
        }
        List<Integer> more = new ArrayList<>(dropped);
        more.add(beside.set.number());
        return new VectorSets(searched, null, more, last);
    }

    /** These when the vectors of a dropped set have been deleted. */
    VectorSets without(int number) {
        return new VectorSets(
                searched, beside, dropped.stream().filter(one -> one != number).toList(), last);
    }
}
