package dev.tandem.api.imports;

import static java.util.Objects.requireNonNullElse;

import dev.tandem.api.access.Author;
import dev.tandem.api.http.EnumParameters;
import dev.tandem.api.http.Preferences;
import dev.tandem.api.http.Query;
import dev.tandem.api.imports.csv.Delimiter;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.transfer.ImportMode;
import dev.tandem.service.transfer.ImportOptions;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of an import, from its address and its headers.
 *
 * @param tellsAll whether accepted lines are reported, and not only refused ones
 * @param async whether a job writes the lines
 * @param delimiter of CSV; null if the file says it
 */
public record ImportParameters(
        ImportOptions options,
        boolean tellsAll,
        boolean async,
        @Nullable Delimiter delimiter) {

    /** The effect of a refused line. */
    public enum OnError {
        CONTINUE,
        ABORT
    }

    /** Which lines are reported. */
    public enum Results {
        ERRORS,
        ALL
    }

    /** @throws Refusal.Malformed if there is an unknown parameter or an invalid value */
    static ImportParameters of(RoutingContext request) {
        MultiMap query = request.queryParams();
        MultiMap headers = request.request().headers();
        Query.only(Set.of("mode", "onError", "results", "delimiter"), query.names());
        ImportMode mode = choice(query, "mode", ImportMode.UPSERT);
        boolean stops = choice(query, "onError", OnError.CONTINUE) == OnError.ABORT;
        boolean tellsAll = choice(query, "results", Results.ERRORS) == Results.ALL;
        boolean async = Preferences.of(headers.get("Prefer")).async();
        if (async && tellsAll) {
            throw new Refusal.Malformed(
                    "parameter.results", "/results", "If a job writes the lines, only refused lines can be reported.");
        }
        ImportOptions options = new ImportOptions(mode, stops, Author.name(headers.get(Author.HEADER), request));
        Delimiter delimiter =
                EnumParameters.read(Delimiter.class, "delimiter", query.get("delimiter"), "parameter.choice");
        return new ImportParameters(options, tellsAll, async, delimiter);
    }

    private static <E extends Enum<E>> E choice(MultiMap query, String name, E fallback) {
        return requireNonNullElse(
                EnumParameters.read(fallback.getDeclaringClass(), name, query.get(name), "parameter.choice"), fallback);
    }
}
