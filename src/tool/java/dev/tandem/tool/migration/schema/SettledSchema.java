package dev.tandem.tool.migration.schema;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** A settled scratch database whose schema no longer changes. Whatever is derived from the schema is derived once, when it is first needed. */
public final class SettledSchema {

    private final ScratchDatabase database;
    private final Map<Class<?>, Object> made = new HashMap<>();

    private SettledSchema(ScratchDatabase database) {
        this.database = database;
    }

    /** Settles a database. Its rows may change afterwards, its schema may not. */
    public static SettledSchema of(ScratchDatabase database) {
        SettledExpressions.settle(database);
        return new SettledSchema(database);
    }

    /** Of a database that is settled already. */
    public static SettledSchema alreadySettled(ScratchDatabase database) {
        return new SettledSchema(database);
    }

    public ScratchDatabase database() {
        return database;
    }

    public Catalog catalog() {
        return as(Catalog.class, Catalog::of);
    }

    public CatalogFingerprint fingerprint() {
        return as(CatalogFingerprint.class, CatalogFingerprint::of);
    }

    /** The schema as a class of another package. */
    public <T> T as(Class<T> type, Function<ScratchDatabase, T> maker) {
        Object known = made.get(type);
        if (known == null) {
            known = maker.apply(database);
            made.put(type, known);
        }
        return type.cast(known);
    }
}
