package dev.tandem.factory.schema;

import dev.tandem.domain.refusal.Violations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The compiled schemas of collections in use, by content. Compiling takes a thousand times as long as validating. Thread-safe. */
public final class MetadataSchemas {

    static final int MOST = 256;

    private final Map<Map<String, Object>, MetadataSchema> compiled =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Map<String, Object>, MetadataSchema> eldest) {
                    return size() > MOST;
                }
            });

    /**
     * The compiled schema, from the cache if possible.
     *
     * @param schema of a collection, so it has been checked before; must never change
     * @throws IllegalStateException if it is not a valid schema after all
     */
    public MetadataSchema of(Map<String, Object> schema) {
        MetadataSchema known = compiled.get(schema);
        if (known != null) {
            return known;
        }
        Violations violations = new Violations();
        MetadataSchema fresh = MetadataSchema.compile(schema, "", violations);
        if (fresh == null) {
            throw new IllegalStateException("a collection's metadata schema is invalid");
        }
        compiled.put(schema, fresh);
        return fresh;
    }
}
