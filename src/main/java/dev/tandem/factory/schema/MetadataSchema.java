package dev.tandem.factory.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.JsonRules;
import dev.tandem.factory.rules.JsonTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (draft 2020-12) that metadata must satisfy, ready for use by any number of threads.
 *
 * <p>{@code format} is not checked: by the specification's default it is an annotation. Regular expressions are those of RE2/J, which take
 * linear time and have neither look-around nor back references. References stay within the schema; nothing is ever fetched.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 */
public final class MetadataSchema {

    private final Schema schema;

    private MetadataSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * The schema, or null with a violation for each of its errors: {@code metadata_schema.invalid}, {@code metadata_schema.dialect},
     * {@code metadata_schema.reference}, {@code metadata_schema.pattern}, and the rules for stored JSON ({@code metadata_schema.too_large}
     * over 64 KiB, {@code metadata_schema.too_deep} beyond 64, {@code metadata_schema.name}, {@code metadata_schema.number},
     * {@code text.*}).
     *
     * @param pointer where it stands in the client's input, e.g. {@code /metadataSchema}
     */
    public static @Nullable MetadataSchema compile(
            Map<String, ? extends @Nullable Object> schema, String pointer, Violations violations) {
        int before = violations.size();
        MetadataSchemaRules.check(schema, pointer, violations);
        if (violations.size() > before) {
            return null;
        }
        ObjectNode tree = JsonTree.of(schema);
        // Only the document itself may refer to its own address, and it uses fragments for that.
        tree.remove("$id");
        try {
            Schema compiled = MetadataSchemaDialect.REGISTRY.getSchema(tree);
            compiled.initializeValidators();
            if (new MetadataSchemaBudget(compiled).suffices(JsonTree.of(Map.of()))) {
                return new MetadataSchema(compiled);
            }
            violations.add(pointer, "metadata_schema.invalid", "This schema refers to itself without end.");
        } catch (SchemaException e) {
            violations.add(pointer, "metadata_schema.invalid", "This is not a usable JSON Schema: " + e.getMessage());
        }
        return null;
    }

    /**
     * The rules of the schema that the metadata break, as {@code metadata.schema}; at most {@value JsonRules#MOST_VIOLATIONS} violations.
     *
     * @param metadata must satisfy the general rules for metadata
     * @param pointer where it stands in the client's input, e.g. {@code /metadata}
     */
    public List<Violation> validate(Map<String, ? extends @Nullable Object> metadata, String pointer) {
        MetadataSchemaBudget budget = new MetadataSchemaBudget(schema);
        if (budget.suffices(JsonTree.of(metadata))) {
            return budget.violations(pointer, "metadata.schema");
        }
        String advice =
                "Checking the metadata against the collection's schema takes too many steps. The schema must be made simpler.";
        return List.of(new Violation(pointer, "metadata.schema", advice));
    }
}
