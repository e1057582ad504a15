package dev.tandem.service.projection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.service.document.Written;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The documents of a model's records, in the transaction that writes the records. The key of a document is the id of its record. */
public final class Projection {

    private final ProjectedDocuments documents;
    private final Collection owner;
    private long sequence;

    Projection(ProjectedDocuments documents, Collection owner) {
        this.documents = documents;
        this.owner = owner.writtenByItsModel();
    }

    /** Adds the document of a new record. */
    public Uni<Void> add(DocumentDraft draft) {
        return noted(documents.add(owner, draft));
    }

    /** Makes the document say what its record says. */
    public Uni<Void> replace(DocumentDraft draft) {
        return noted(documents.replace(owner, draft));
    }

    /** Deletes the document of a record that is deleted. */
    public Uni<Void> remove(String key) {
        return noted(documents.remove(owner, key));
    }

    /** The sequence from which on searches show what was written; 0 if nothing was. */
    long sequence() {
        return sequence;
    }

    private Uni<Void> noted(Uni<List<Written>> written) {
        return written.invoke(all -> all.forEach(one -> sequence = Math.max(sequence, one.sequence())))
                .replaceWithVoid();
    }
}
