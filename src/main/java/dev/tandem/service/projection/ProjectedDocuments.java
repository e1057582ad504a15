package dev.tandem.service.projection;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.service.document.DocumentWriter;
import dev.tandem.service.document.DocumentWriter.Replacement;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.document.Written;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;

/** Writes the documents of records. It always runs in the transaction of its caller, which has locked the record. */
@Singleton
class ProjectedDocuments {

    private final DocumentFactory factory;
    private final DocumentRepository documents;
    private final DocumentWriter writer;
    private final JudgingThreads threads;

    ProjectedDocuments(
            DocumentFactory factory, DocumentRepository documents, DocumentWriter writer, JudgingThreads threads) {
        this.factory = factory;
        this.documents = documents;
        this.writer = writer;
        this.threads = threads;
    }

    Uni<List<Written>> add(Collection owner, DocumentDraft draft) {
        return judged(owner, draft).chain(wanted -> writer.add(owner, List.of(wanted)));
    }

    /** Adds the document if its record is from before there were documents. */
    Uni<List<Written>> replace(Collection owner, DocumentDraft draft) {
        return judged(owner, draft).chain(wanted -> documents
                .lock(owner.id(), Objects.requireNonNull(draft.key()))
                .chain(current -> current == null
                        ? writer.add(owner, List.of(wanted))
                        : writer.replace(owner, List.of(replacement(owner, current, wanted)))));
    }

    private static Replacement replacement(Collection owner, Document current, DocumentState wanted) {
        return Replacement.of(owner, new DocumentState(current, null), wanted);
    }

    /** The results are empty if there is no such document: its record is from before there were documents. */
    Uni<List<Written>> remove(Collection owner, String key) {
        return documents
                .lock(owner.id(), key)
                .chain(document -> writer.remove(owner, document == null ? List.of() : List.of(document)));
    }

    /** Checks on this thread if that is quick. The record is locked meanwhile, because what is checked is made from it. */
    private Uni<DocumentState> judged(Collection owner, DocumentDraft draft) {
        return factory.takesLong(owner, draft)
                ? threads.judgeDocument(() -> factory.create(owner, draft))
                : Uni.createFrom().item(() -> factory.create(owner, draft));
    }
}
