package dev.tandem.testing;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.domain.change.Position;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.index.Entries;
import dev.tandem.index.Index;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.Indexes;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Makes an index disagree with its rows, without the service's knowledge. */
@Singleton
@Unremovable
public class Damages {

    private final Indexes indexes;

    Damages(Indexes indexes) {
        this.indexes = indexes;
    }

    /** The index loses a document. */
    public void lose(Collection owner, Document document) {
        apply(owner, List.of(), Set.of(document.id()));
    }

    /** The index has an old state of the document, with another text. */
    public void age(Collection owner, Document document, String content) {
        apply(owner, List.of(Entries.text(document.id(), null, content)), Set.of());
    }

    /** The index has a document without a row. */
    public UUID invent(Collection owner, String content) {
        UUID id = UUID.randomUUID();
        apply(owner, List.of(Entries.text(id, null, content)), Set.of());
        return id;
    }

    private void apply(Collection owner, List<IndexEntry> saved, Set<UUID> gone) {
        Index index = indexes.of(owner);
        Position position = get(index.position()).orElseThrow();
        assertThat(get(index.apply(saved, gone, position, position))).isTrue();
    }
}
