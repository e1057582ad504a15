package dev.tandem.service.document;

import dev.tandem.domain.document.Chunk;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.document.VectorPlan;
import dev.tandem.domain.embedding.VectorSet;
import dev.tandem.domain.embedding.WantedVectors;
import java.util.List;
import java.util.stream.Stream;

/**
 * A document that is being written, and what happens to its vectors.
 *
 * @param submission the document as it will be, with the vector or chunks that come with it
 * @param hasOwnVector whether it will have an own vector
 */
record VectorChange(VectorPlan plan, DocumentState submission, boolean hasOwnVector) {

    /** For a new document. */
    static VectorChange first(VectorPlan plan, DocumentState submission) {
        return new VectorChange(plan, submission, plan == VectorPlan.BRING);
    }

    /** For a replaced document. The chunks that come with the write receive the replaced document's id. */
    static VectorChange next(VectorSet searched, VectorPlan plan, DocumentState current, DocumentState wanted) {
        Document replaced = current.document().replacedBy(wanted.document());
        Document next =
                switch (plan) {
                    case KEEP -> replaced;
                    case EMBED -> current.vector() == null ? replaced : replaced.embeddedAt(searched, before(replaced));
                    case RESTORE -> replaced.embeddedAt(searched, replaced.version());
                    case BRING, EMBED_ANEW -> replaced.embeddedAt(searched, null);
                    case DROP -> replaced.notEmbedded();
                };
        List<Chunk> chunks = wanted.chunks() == null
                ? null
                : wanted.chunks().stream().map(chunk -> chunk.of(next.id())).toList();
        boolean keepsOwnVector = plan == VectorPlan.KEEP && current.vector() != null;
        return new VectorChange(
                plan,
                new DocumentState(next, wanted.vector(), wanted.keepsVector(), chunks),
                keepsOwnVector || plan == VectorPlan.BRING);
    }

    /** An own vector that is used until the model's vectors exist is stale from now on: it counts as one of an earlier version. */
    private static long before(Document replaced) {
        return replaced.textVersion() - 1;
    }

    Document document() {
        return submission.document();
    }

    /** Whether the write's chunks replace the document's chunks in the set that searches use. */
    boolean replacesChunks() {
        return switch (plan) {
            case BRING, EMBED_ANEW, RESTORE -> true;
            case KEEP, EMBED, DROP -> false;
        };
    }

    /** Whether the document loses its chunks in every set. */
    boolean dropsChunks() {
        return plan == VectorPlan.DROP;
    }

    /** Whether a task to embed an earlier text has become useless. */
    boolean endsTask() {
        return plan != VectorPlan.KEEP;
    }

    /** Whether the models of all sets must make vectors. */
    boolean needsModel() {
        return plan == VectorPlan.EMBED || plan == VectorPlan.EMBED_ANEW;
    }

    /** Whether the vectors come with the write, but only for the set that searches use: the models of other sets must make theirs. */
    boolean needsOtherModels() {
        return (plan == VectorPlan.BRING || plan == VectorPlan.RESTORE)
                && document().hasText();
    }

    /** The chunks that come with the write. */
    Stream<Chunk> brought() {
        return switch (plan) {
            case BRING -> Stream.ofNullable(submission.vector()).map(vector -> Chunk.whole(document(), vector));
            case RESTORE -> Stream.ofNullable(submission.chunks()).flatMap(List::stream);
            case KEEP, EMBED, EMBED_ANEW, DROP -> Stream.empty();
        };
    }

    WantedVectors wantedVectors() {
        return new WantedVectors(
                document().id(), document().collectionId(), document().version());
    }
}
