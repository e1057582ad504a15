package dev.tandem.factory.schema;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tandem.domain.refusal.Violations;
import java.util.Map;

/** The compiled schemas of collections in use, by content. Compiling takes a thousand times as long as validating. Thread-safe. */
public final class MetadataSchemas {

    static final int MOST = 256;

    private final Cache<Map<String, Object>, MetadataSchema> compiled =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /**
     * The compiled schema, from the cache if possible.
     *
     * @param schema of a collection, so it has been checked before; must never change
     * @throws IllegalStateException if it is not a valid schema after all
     */
    public MetadataSchema of(Map<String, Object> schema) {
        return compiled.get(schema, MetadataSchemas::compile);
    }

    private static MetadataSchema compile(Map<String, Object> schema) {
        MetadataSchema fresh = MetadataSchema.compile(schema, "", new Violations());
        if (fresh == null) {
            throw new IllegalStateException("a collection's metadata schema is invalid");
        }
        return fresh;
    }
}
