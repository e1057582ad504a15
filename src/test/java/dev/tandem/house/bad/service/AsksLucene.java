package dev.tandem.house.bad.service;

import org.apache.lucene.search.Query;

/** Goes past the seam to the engine's library. */
public final class AsksLucene {

    public String ask(Query query) {
        return query.toString();
    }
}
