package dev.tandem.index.pgvector;

import dev.tandem.index.shared.Store;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a store's tables, quoted. They consist of a checked name of a store, and are never longer than PostgreSQL's names may be.
 *
 * @param documents one row for each document, and for some time one for each that is gone
 * @param chunks one row for each vector
 */
record Tables(String documents, String chunks) {

    /** A collection's id and a build. */
    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})-([0-9a-z]{1,27})");

    static Tables of(Store store) {
        return of(store.name())
                .orElseThrow(() -> new IllegalArgumentException("'" + store.name() + "' is no name of a store."));
    }

    /** Empty if no store has such a name. */
    static Optional<Tables> of(String storeName) {
        Matcher name = NAME.matcher(storeName);
        if (!name.matches()) {
            return Optional.empty();
        }
        String plain = name.replaceFirst("$1$2$3$4$5_$6");
        return Optional.of(new Tables("\"d_" + plain + "\"", "\"c_" + plain + "\""));
    }
}
