package dev.tandem.api.http;

import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads query parameters. JAX-RS would ignore invalid ones or answer 404. */
public final class Query {

    /** The number of items on a page if the client gives none. */
    public static final int DEFAULT_PAGE = 100;

    /** The largest number of items on a page. */
    public static final int LARGEST_PAGE = 1_000;

    private Query() {}

    /** Refuses other parameters than these: if a misspelt one were ignored, the request would affect more than the client wants. */
    public static void only(Set<String> known, UriInfo uri) {
        only(known, uri.getQueryParameters().keySet());
    }

    /** The same, given the names of the parameters. */
    public static void only(Set<String> known, Set<String> there) {
        for (String name : there) {
            if (!known.contains(name)) {
                throw new Refusal.Malformed("parameter.unknown", pointer(name), "This parameter is not known here.");
            }
        }
    }

    /** The number of items on a page: a whole number from 1 to 1,000, or 100 if the parameter is missing. */
    public static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_PAGE;
        }
        return limit(text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0);
    }

    /** The limit, if it is valid. */
    public static int limit(int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new Refusal.Malformed(
                    "parameter.limit", "/limit", "limit must be a whole number from 1 to " + LARGEST_PAGE + ".");
        }
        return limit;
    }

    /** A parameter that is true or false; false if it is missing. */
    public static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw new Refusal.Malformed("parameter.choice", pointer(name), name + " must be true or false.");
        };
    }

    public static String pointer(String name) {
        return "/" + Violation.escape(name);
    }
}
