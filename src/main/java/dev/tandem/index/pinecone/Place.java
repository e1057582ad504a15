package dev.tandem.index.pinecone;

import dev.tandem.index.pinecone.http.DataPlane;
import dev.tandem.index.shared.Store;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a store is: an index of Pinecone, and two namespaces in it. One has a record for each passage, which queries find. The other has a
 * record for each document, its {@link Head}, so that documents without passages are known too. Both have a record {@link #ANCHOR}, so
 * that neither is ever empty.
 */
record Place(DataPlane plane, Store store, String passages, String documents) {

    /** In the namespace of documents it is the store's {@link Marker}. It comes after all ids of documents. */
    static final String ANCHOR = "store";

    private static final String DOCUMENTS = "-documents";
    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-z]+)(?:" + DOCUMENTS + ")?");

    static Place of(DataPlane plane, Store store, String prefix) {
        return new Place(plane, store, passages(prefix, store.name()), documents(prefix, store.name()));
    }

    static String passages(String prefix, String storeName) {
        return prefix + storeName;
    }

    static String documents(String prefix, String storeName) {
        return prefix + storeName + DOCUMENTS;
    }

    /** The name of the store that a namespace belongs to; empty for a namespace that is not Tandem's. */
    static Optional<String> storeName(String prefix, String namespace) {
        Matcher name = NAME.matcher(namespace.startsWith(prefix) ? namespace.substring(prefix.length()) : "");
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }
}
