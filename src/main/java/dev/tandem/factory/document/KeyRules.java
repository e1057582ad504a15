package dev.tandem.factory.document;

import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.TextRules;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a document's key must be, and a list of keys that a client asks for. */
public final class KeyRules {

    /** How many documents a request may name by key. */
    public static final int MOST = 1_000;

    private static final int LONGEST = 256;

    private KeyRules() {}

    /**
     * Adds what is wrong with a key: {@code document.key.blank}, {@code document.key.dots}, {@code document.key.control}, and the codes of
     * {@link TextRules}. Null is fine.
     */
    static void check(@Nullable String key, String pointer, Violations violations) {
        if (key == null) {
            return;
        }
        violations.require(
                !key.isBlank(), pointer, "document.key.blank", "A key is not blank; leave it out to get one.");
        // Clients and proxies resolve these two in a path before they send it.
        violations.require(
                !key.equals(".") && !key.equals(".."), pointer, "document.key.dots", "A key is not '.' or '..'.");
        violations.require(
                key.chars().noneMatch(c -> Character.isISOControl(c) && c != 0),
                pointer,
                "document.key.control",
                "A key has no control characters.");
        TextRules.check(key, LONGEST, pointer, violations);
    }

    /**
     * The key, if it can be one of a document that exists.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Rejected with {@code document.key.missing} if it is null, or naming what is wrong with it
     */
    public static String existing(@Nullable String key, String pointer) {
        Violations violations = new Violations();
        violations.require(
                key != null,
                pointer,
                "document.key.missing",
                "Without a key, nobody knows which document this is about.");
        check(key, pointer, violations);
        violations.rejectIfAny();
        return Objects.requireNonNull(key);
    }

    /**
     * The keys, each once, where it was named first. Adds what is wrong with each of them, {@code keys.missing} and {@code keys.too_many}.
     *
     * @param keys null where none are named, which is something else than an empty list
     */
    public static List<String> distinct(@Nullable List<String> keys, String pointer, Violations violations) {
        if (keys == null) {
            violations.add(pointer, "keys.missing", "There are no keys. An empty list names no document.");
            return List.of();
        }
        if (violations.require(
                keys.size() <= MOST, pointer, "keys.too_many", "A request names at most " + MOST + " keys.")) {
            for (int i = 0; i < keys.size(); i++) {
                check(keys.get(i), pointer + "/" + i, violations);
            }
        }
        return keys.stream().distinct().toList();
    }
}
