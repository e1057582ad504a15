package dev.tandem.service.copy;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentState;
import dev.tandem.domain.embedding.EmbeddingSettings;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.document.DocumentDraft;
import dev.tandem.factory.document.DocumentFactory;
import dev.tandem.factory.document.ExpiryDraft;
import dev.tandem.service.document.JudgingThreads;
import dev.tandem.service.transfer.ImportBatch.Judged;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Makes documents of the successor from those of the source, as if they were the lines of an import; their numbers count from 0. */
@Singleton
class CopyLines {

    private final DocumentFactory factory;
    private final JudgingThreads threads;

    CopyLines(DocumentFactory factory, JudgingThreads threads) {
        this.factory = factory;
        this.threads = threads;
    }

    /** Checks the documents against the successor's rules, on a thread that may take its time. */
    Uni<List<Judged>> of(Collection source, Collection successor, List<DocumentState> read) {
        boolean keepsVectors = hasSameVectors(source.embedding(), successor.embedding());
        return threads.judgeLines(() -> {
            List<Judged> lines = new ArrayList<>();
            for (DocumentState state : read) {
                lines.add(line(successor, lines.size(), state, keepsVectors));
            }
            return lines;
        });
    }

    /** An own vector belongs to the model whose vectors it is compared with. */
    private static boolean hasSameVectors(EmbeddingSettings source, EmbeddingSettings successor) {
        return source.model().equals(successor.model()) && source.dimensions() == successor.dimensions();
    }

    private Judged line(Collection successor, int number, DocumentState read, boolean keepsVectors) {
        DocumentDraft draft = DocumentDraft.of(read)
                .expiring(new ExpiryDraft.Kept(read.document().expiresAt()));
        try {
            DocumentDraft wanted = keepsVectors ? draft : draft.withoutVector();
            return new Judged.Whole(number, factory.replacement(successor, wanted), null);
        } catch (Refusal.Rejected rejected) {
            return new Judged.Unsound(number, read.document().key(), rejected);
        }
    }
}
