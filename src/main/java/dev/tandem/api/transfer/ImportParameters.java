package dev.tandem.api.transfer;

import dev.tandem.api.http.Author;
import dev.tandem.api.http.Query;
import dev.tandem.api.idempotency.Once;
import dev.tandem.domain.error.Refusal;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.service.ImportOptions;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How an import is to be done, as its address and its headers say.
 *
 * @param tellsAll whether each line is answered, not only those that are refused
 * @param author who writes all of it; null where nobody is named
 */
record ImportParameters(
        ImportOptions options, boolean tellsAll, @Nullable String author) {

    /** What a refused line does. */
    private enum OnError {
        CONTINUE,
        ABORT
    }

    /** Which lines are answered. */
    private enum Results {
        ERRORS,
        ALL
    }

    /** @throws Refusal.Malformed if there is another parameter, or a value that isn't one */
    static ImportParameters of(MultiMap query, MultiMap headers) {
        if (headers.contains(Once.KEY)) {
            throw new Refusal.Malformed(
                    "idempotency.unsupported",
                    "",
                    "An import takes no Idempotency-Key. Sending it again is safe where its lines have keys.");
        }
        Query.only(Set.of("mode", "onError", "results"), query.names());
        ImportMode mode = choice(query, "mode", ImportMode.UPSERT);
        boolean stops = choice(query, "onError", OnError.CONTINUE) == OnError.ABORT;
        boolean tellsAll = choice(query, "results", Results.ERRORS) == Results.ALL;
        return new ImportParameters(new ImportOptions(mode, stops), tellsAll, Author.name(headers.get(Author.HEADER)));
    }

    private static <E extends Enum<E>> E choice(MultiMap query, String name, E fallback) {
        String said = query.get(name);
        if (said == null) {
            return fallback;
        }
        E[] choices = fallback.getDeclaringClass().getEnumConstants();
        return Arrays.stream(choices)
                .filter(choice -> word(choice).equals(said))
                .findFirst()
                .orElseThrow(() -> new Refusal.Malformed(
                        "parameter.choice",
                        "/" + name,
                        name + " is one of "
                                + Arrays.stream(choices)
                                        .map(ImportParameters::word)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
