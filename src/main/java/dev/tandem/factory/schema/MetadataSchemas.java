package dev.tandem.factory.schema;

import dev.tandem.domain.refusal.Violations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The compiled schemas of the collections in use, by content. Compiling takes a thousand times as long as validating. Thread-safe. */
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
     * The schema, compiled now or before.
     *
     * @param schema of a collection, and so judged on its way in; must never change
     * @throws IllegalStateException if it is no schema after all
     */
    public MetadataSchema of(Map<String, Object> schema) {
        MetadataSchema known = compiled.get(schema);
        if (known != null) {
            return known;
        }
        Violations violations = new Violations();
        MetadataSchema fresh = MetadataSchema.compile(schema, "", violations);
        if (fresh == null) {
            throw new IllegalStateException("a collection's metadata schema is broken");
        }
        compiled.put(schema, fresh);
        return fresh;
    }
}
