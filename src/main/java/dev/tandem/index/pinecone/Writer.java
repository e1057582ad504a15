package dev.tandem.index.pinecone;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What this client remembers of its own writes. Each start of the service is another client. */
final class Writer {

    private static final int REMEMBERED = 10_000;

    private final String name = UUID.randomUUID().toString();

    /** The namespaces in which this client wrote last, and its last write succeeded. */
    private final Set<String> settled = ConcurrentHashMap.newKeySet();

    /** Deleted documents have no record that could have a version. */
    private final Map<Deleted, Long> deleted = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Deleted, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Deleted(String namespace, UUID id) {}

    String name() {
        return name;
    }

    boolean isMine(Marker marker) {
        return marker.writer().equals(name);
    }

    boolean isSettled(Place place) {
        return settled.contains(place.documents());
    }

    void succeeded(Place place) {
        settled.add(place.documents());
    }

    /** @param documents the namespace of the store's documents */
    void forgets(String documents) {
        settled.remove(documents);
    }

    synchronized void deletes(Place place, UUID id, long version) {
        deleted.merge(new Deleted(place.documents(), id), version, Math::max);
    }

    /** Whether a later write has deleted the document, as far as this client remembers. */
    synchronized boolean wasDeletedAfter(Place place, UUID id, long version) {
        return deleted.getOrDefault(new Deleted(place.documents(), id), 0L) > version;
    }
}
