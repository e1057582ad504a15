package dev.tandem.service.byfilter;

import static java.util.stream.Collectors.toMap;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.DocumentSize;
import dev.tandem.factory.job.ByKeysDraft;
import dev.tandem.factory.job.ByKeysDraft.Named;
import dev.tandem.repository.CollectionRepository;
import dev.tandem.repository.DocumentSizes;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looks up which documents have the keys that a client has named. */
@Singleton
class NamedDocuments {

    private final CollectionRepository collections;
    private final DocumentSizes sizes;

    NamedDocuments(CollectionRepository collections, DocumentSizes sizes) {
        this.collections = collections;
        this.sizes = sizes;
    }

    /**
     * What was found.
     *
     * @param sizes of the documents that are there, by key
     */
    record Found(Collection owner, ByKeysDraft draft, Map<String, DocumentSize> sizes) {

        List<DocumentSize> documents() {
            return List.copyOf(sizes.values());
        }

        List<Named> named() {
            return draft.keys().stream()
                    .map(key -> new Named(
                            key, sizes.containsKey(key) ? sizes.get(key).id() : null))
                    .toList();
        }

        List<String> missing() {
            return draft.keys().stream().filter(key -> !sizes.containsKey(key)).toList();
        }

        Map<String, UUID> ids() {
            return sizes.entrySet().stream()
                    .collect(toMap(Map.Entry::getKey, size -> size.getValue().id()));
        }
    }

    /** Fails if the collection demands versions, which keys do not name, or if there are more documents than the client allows. */
    Uni<Found> find(String collection, ByKeysDraft draft) {
        return collections.get(collection).invoke(ByFilterSteps::check).chain(owner -> sizes.byKeys(
                        owner, Scope.EVERYTHING, draft.keys(), false)
                .invoke(found -> draft.check(found.size()))
                .map(found -> new Found(owner, draft, found)));
    }
}
