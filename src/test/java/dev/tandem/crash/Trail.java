package dev.tandem.crash;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one writer did to one document and what it was answered. Only that writer writes the document, one request after the other. After a
 * request without a definite answer it leaves the document alone, so that the states that are possible at the end are few.
 */
final class Trail {

    /** In how many parts the documents of a collection fall. */
    static final int BUCKETS = CrashOptions.amount("buckets", 8, 128);

    /** How much of an answer is kept. */
    private static final int SHOWN = 60;

    private record Event(LocalTime at, String request, String answer) {}

    private final String collection;
    private final String key;
    private final List<Event> events = new ArrayList<>();
    private final Set<Version> tried = new LinkedHashSet<>();
    private Version acknowledged = Version.GONE;
    private long revision;
    private boolean isAcknowledged;
    private List<Version> possible = List.of();

    Trail(String collection, String key) {
        this.collection = collection;
        this.key = key;
    }

    String collection() {
        return collection;
    }

    String key() {
        return key;
    }

    /** The state that was acknowledged last. */
    synchronized Version acknowledged() {
        return acknowledged;
    }

    /** The version number that was answered last; 0 if the document does not exist. */
    synchronized long revision() {
        return revision;
    }

    /** Whether anything at all was acknowledged. */
    synchronized boolean isAcknowledged() {
        return isAcknowledged;
    }

    synchronized void begin(Version intended) {
        tried.add(intended);
    }

    synchronized void succeeded(String request, int status, Version now, long newRevision) {
        note(request, Integer.toString(status));
        acknowledged = now;
        revision = newRevision;
        isAcknowledged = true;
    }

    /** The request was refused, so it has changed nothing. */
    synchronized void refused(String request, int status) {
        note(request, Integer.toString(status));
    }

    /** The request may have been carried out or not. */
    synchronized void unanswered(String request, String reason, Version intended) {
        note(request, reason);
        possible = List.of(intended);
    }

    /** What the document may be now. */
    synchronized Set<Version> allowed() {
        return Stream.concat(Stream.of(acknowledged), possible.stream()).collect(Collectors.toSet());
    }

    /** Every state that it was ever meant to have. */
    synchronized Set<Version> tried() {
        return Set.copyOf(tried);
    }

    private void note(String request, String answer) {
        String beginning = answer.length() > SHOWN ? answer.substring(0, SHOWN) + ".." : answer;
        events.add(new Event(LocalTime.now(), request, beginning));
    }

    @Override
    public synchronized String toString() {
        return collection + "/" + key
                + events.stream()
                        .map(event -> "\n      " + event.at + " " + event.request + " -> " + event.answer)
                        .collect(Collectors.joining());
    }
}
