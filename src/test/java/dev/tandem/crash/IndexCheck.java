package dev.tandem.crash;

import dev.tandem.crash.Findings.Kind;
import dev.tandem.testing.PackagedService;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Compares what searches of a collection show on one replica with the rows: by words, metadata and vectors, in both directions. */
public final class IndexCheck {

    /** How many documents are asked for in one search. */
    private static final int TOGETHER = 50;

    private final String collection;
    private final Map<String, Trail> trails;
    private final Map<String, Version> rows;
    private final Search search;
    private final String where;
    private final Findings findings;

    IndexCheck(
            String collection,
            Map<String, Trail> trails,
            Map<String, Version> rows,
            PackagedService replica,
            Findings findings) {
        this.collection = collection;
        this.trails = trails;
        this.rows = rows;
        this.search = new Search(replica, collection);
        this.where = " on the replica at " + replica.base();
        this.findings = findings;
    }

    void run(int vectors) throws IOException, InterruptedException {
        byOwnWords();
        byFormerWords();
        byNumbers();
        byBuckets();
        if (collection.equals(Cluster.OWN)) {
            byVectors(vectors);
        }
    }

    /** Each document is found by the word that it has now. */
    private void byOwnWords() throws IOException, InterruptedException {
        for (List<String> keys : parts(rows.keySet())) {
            List<String> found = search.byWords(
                    keys.stream().map(key -> rows.get(key).word()).toList());
            compare(keys, found, "by its own word");
        }
    }

    /** No document is found by a word that it does not have now. */
    private void byFormerWords() throws IOException, InterruptedException {
        Set<String> current = new HashSet<>();
        rows.values().forEach(version -> current.add(version.word()));
        for (List<String> words : parts(tried(current))) {
            for (String key : search.byWords(words)) {
                findings.add(
                        kind(key), name(key), "found by a word that it does not have" + where + "; " + trails.get(key));
            }
        }
    }

    private Set<String> tried(Set<String> current) {
        Set<String> words = new TreeSet<>();
        trails.values().forEach(trail -> trail.tried().stream()
                .filter(Version::exists)
                .map(Version::word)
                .filter(word -> !current.contains(word))
                .forEach(words::add));
        return words;
    }

    /** Each document is found by the metadata that it has now. */
    private void byNumbers() throws IOException, InterruptedException {
        for (List<String> keys : parts(rows.keySet())) {
            List<String> found = search.byNumbers(
                    keys.stream().map(key -> rows.get(key).number()).toList());
            compare(keys, found, "by its metadata");
        }
    }

    /** All documents together are the rows, neither more nor fewer. */
    private void byBuckets() throws IOException, InterruptedException {
        Map<Integer, List<String>> buckets = new HashMap<>();
        rows.keySet().forEach(key -> buckets.computeIfAbsent(Version.bucket(key), none -> new ArrayList<>())
                .add(key));
        for (int bucket = 0; bucket < Trail.BUCKETS; bucket++) {
            compare(
                    buckets.getOrDefault(bucket, List.of()),
                    search.byFilter(new JsonObject().put("bucket", bucket)),
                    "in its bucket");
        }
    }

    /** Each document of a sample is the nearest to its own vector. */
    private void byVectors(int sample) throws IOException, InterruptedException {
        List<String> keys = new ArrayList<>(rows.keySet());
        Collections.shuffle(keys, new Random(CrashOptions.SEED));
        for (String key : keys.subList(0, Math.min(sample, keys.size()))) {
            List<String> found = search.byVector(Words.vector(rows.get(key).word()), 3);
            if (found.isEmpty() || !found.getFirst().equals(key)) {
                findings.add(Kind.STALE, name(key), "its vector finds " + found + where + "; " + trails.get(key));
            }
        }
    }

    private void compare(Collection<String> expected, Collection<String> found, String how) {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(Set.copyOf(found));
        missing.forEach(key -> findings.add(Kind.LOST, name(key), "not found " + how + where + "; " + trails.get(key)));
        Set<String> surplus = new TreeSet<>(found);
        surplus.removeAll(Set.copyOf(expected));
        surplus.forEach(key -> findings.add(kind(key), name(key), "found " + how + where + "; " + trails.get(key)));
    }

    private Kind kind(String key) {
        if (rows.containsKey(key)) {
            return Kind.STALE;
        }
        return trails.containsKey(key) ? Kind.RESURRECTED : Kind.ORPHAN;
    }

    private String name(String key) {
        return collection + "/" + key;
    }

    private static <T> List<List<T>> parts(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < list.size(); from += TOGETHER) {
            parts.add(list.subList(from, Math.min(from + TOGETHER, list.size())));
        }
        return parts;
    }
}
