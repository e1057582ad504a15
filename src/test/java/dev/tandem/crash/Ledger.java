package dev.tandem.crash;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all writers did and were answered. */
final class Ledger {

    private final Map<String, Trail> trails = new ConcurrentHashMap<>();
    private final AtomicInteger words = new AtomicInteger();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final AtomicLong unreachable = new AtomicLong();
    private final Map<String, String> surprises = new ConcurrentSkipListMap<>();

    /** The trail of a new key, which no other writer uses. */
    Trail open(String collection, String key) {
        Trail trail = new Trail(collection, key);
        trails.put(collection + "/" + key, trail);
        return trail;
    }

    /** A state that no document has had yet. */
    Version newVersion() {
        int number = words.incrementAndGet();
        return new Version("q" + Integer.toString(number, 10) + "z", number);
    }

    Collection<Trail> trails() {
        return trails.values();
    }

    /** The trails of a collection by key. */
    Map<String, Trail> of(String collection) {
        Map<String, Trail> found = new TreeMap<>();
        trails.values().stream()
                .filter(trail -> trail.collection().equals(collection))
                .forEach(trail -> found.put(trail.key(), trail));
        return found;
    }

    void succeeded(Trail trail, String request, int status, Version now, long revision) {
        trail.succeeded(request, status, now, revision);
        acknowledged.incrementAndGet();
    }

    void refused(Trail trail, String request, int status) {
        trail.refused(request, status);
        aborted.incrementAndGet();
    }

    void unanswered(Trail trail, String request, String reason, Version intended) {
        trail.unanswered(request, reason, intended);
        unanswered.incrementAndGet();
    }

    /** A request could not be sent. */
    void unreachable() {
        unreachable.incrementAndGet();
    }

    /** How often a client met a fault. */
    long disturbances() {
        return unanswered.get() + unreachable.get();
    }

    /** An answer that no fault explains, such as a 500. */
    void surprised(String request, String answer) {
        surprises.putIfAbsent(request + " -> " + answer, answer);
    }

    /** How many writes were acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** How many writes were refused, each by a transaction that was rolled back. */
    long aborted() {
        return aborted.get();
    }

    /** How many writes got no definite answer. */
    long unanswered() {
        return unanswered.get();
    }

    /** Answers that no fault explains. */
    Collection<String> surprises() {
        return surprises.keySet();
    }
}
