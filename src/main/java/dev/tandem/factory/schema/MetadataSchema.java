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
 * <p>{@code format} is an annotation, as the specification has it by default: it is not checked. Regular expressions are those of RE2/J:
 * they take linear time, and know neither look-around nor back references. References stay within the schema; nothing is ever fetched.
 *
 * @see <a href="https://json-schema.org/draft/2020-12">JSON Schema 2020-12</a>
 */
public final class MetadataSchema {

    private final Schema schema;

    private MetadataSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * The schema, or null with a violation for everything that is wrong with it: {@code metadata_schema.invalid},
     * {@code metadata_schema.dialect}, {@code metadata_schema.reference}, {@code metadata_schema.pattern}, and the rules of what can be kept
     * ({@code metadata_schema.too_large} over 64 KiB, {@code metadata_schema.too_deep} beyond 64, {@code metadata_schema.name},
     * {@code metadata_schema.number}, {@code text.*}).
     *
     * @param pointer where it stands in the caller's input, e.g. {@code /metadataSchema}
     */
    public static @Nullable MetadataSchema compile(
            Map<String, ? extends @Nullable Object> schema, String pointer, Violations violations) {
        int before = violations.size();
        MetadataSchemaRules.check(schema, pointer, violations);
        if (violations.size() > before) {
            return null;
        }
        ObjectNode tree = JsonTree.of(schema);
        // the document's own address: nothing may refer to it but the document itself, which uses fragments
        tree.remove("$id");
        try {
            Schema compiled = MetadataSchemaDialect.REGISTRY.getSchema(tree);
            compiled.initializeValidators();
            if (new MetadataSchemaBudget(compiled).suffices(JsonTree.of(Map.of()))) {
                return new MetadataSchema(compiled);
            }
            violations.add(pointer, "metadata_schema.invalid", "Refers to itself without end.");
        } catch (SchemaException e) {
            violations.add(pointer, "metadata_schema.invalid", "Not a usable JSON Schema: " + e.getMessage());
        }
        return null;
    }

    /**
     * What the schema has against the metadata, as {@code metadata.schema}; {@value JsonRules#MOST_VIOLATIONS} violations at most.
     *
     * @param metadata within the general rules for metadata
     * @param pointer where it stands in the caller's input, e.g. {@code /metadata}
     */
    public List<Violation> validate(Map<String, ? extends @Nullable Object> metadata, String pointer) {
        MetadataSchemaBudget budget = new MetadataSchemaBudget(schema);
        if (budget.suffices(JsonTree.of(metadata))) {
            return budget.violations(pointer, "metadata.schema");
        }
        String advice = "The collection's metadata schema takes too many steps to check; it must be made simpler.";
        return List.of(new Violation(pointer, "metadata.schema", advice));
    }
}
