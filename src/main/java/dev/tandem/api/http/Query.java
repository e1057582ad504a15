package dev.tandem.api.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads parameters of the query part, which JAX-RS would ignore or answer with 404 where they can't be read. */
public final class Query {

    /** How many items a page has where its caller doesn't say. */
    public static final int DEFAULT_PAGE = 100;

    /** How many items a page has at most. */
    public static final int LARGEST_PAGE = 1_000;

    private Query() {}

    /** Refuses parameters other than these: one that is misspelt and dropped would widen what is asked for. */
    public static void only(Set<String> known, UriInfo uri) {
        only(known, uri.getQueryParameters().keySet());
    }

    /** The same of the names that are there. */
    public static void only(Set<String> known, Set<String> there) {
        for (String name : there) {
            if (!known.contains(name)) {
                throw new Refusal.Malformed("parameter.unknown", pointer(name), "There is no such parameter here.");
            }
        }
    }

    /** How many items a page has: a whole number from 1 to 1,000; 100 where nothing is said. */
    public static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_PAGE;
        }
        return limit(text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0);
    }

    /** The limit, if it is one. */
    public static int limit(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new Refusal.Malformed(
                    "parameter.limit", "/limit", "limit is a whole number from 1 to " + LARGEST_PAGE + ".");
        }
        return limit;
    }

    /** Whether something is asked for: true or false, and false where nothing is said. */
    public static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refusal.Malformed("parameter.choice", pointer(name), name + " is true or false.");
        };
    }

    public static String pointer(String name) {
        return "/" + Violation.escape(name);
    }
}
