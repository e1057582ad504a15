package dev.tandem.factory.schema;

import com.google.re2j.PatternSyntaxException;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.JsonRules;
import dev.tandem.factory.rules.JsonTree;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for a metadata schema: it is valid by the schema of schemas, refers only to itself, and can be checked in linear time. */
final class MetadataSchemaRules {

    static final int LARGEST = 64 * 1024;
    static final int DEEPEST = 64;

    private static final JsonRules RULES = new JsonRules("metadata_schema", LARGEST, DEEPEST);

    /** Keywords whose value is a schema. */
    private static final Set<String> SCHEMA = Set.of(
            "additionalProperties",
            "contains",
            "contentSchema",
            "else",
            "if",
            "items",
            "not",
            "propertyNames",
            "then",
            "unevaluatedItems",
            "unevaluatedProperties");

    /** Keywords whose value is a list of schemas. */
    private static final Set<String> SCHEMAS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");

    /** Keywords whose value is an object of schemas. */
    private static final Set<String> NAMED_SCHEMAS =
            Set.of("$defs", "definitions", "dependentSchemas", "patternProperties", "properties");

    /** Keywords that change the target of references. Only the root may have them, to name itself and its dialect. */
    private static final Set<String> REDIRECTING =
            Set.of("$id", "$schema", "$dynamicRef", "$dynamicAnchor", "$recursiveRef", "$recursiveAnchor");

    private static final Set<String> ALLOWED_AT_THE_ROOT = Set.of("/$id", "/$schema");

    /** Of all expressions together. Compiling them takes some tens of milliseconds and some megabytes. */
    static final int MOST_INSTRUCTIONS = 100_000;

    private final String root;
    private final Violations violations;
    private final Set<String> places = new HashSet<>();
    private final Map<String, String> references = new LinkedHashMap<>();
    private long instructions;

    private MetadataSchemaRules(String root, Violations violations) {
        this.root = root;
        this.violations = violations;
    }

    static void check(Map<String, ? extends @Nullable Object> schema, String pointer, Violations violations) {
        int before = violations.size();
        RULES.check(schema, pointer, violations);
        if (violations.size() == before && isOfDialect(schema, pointer, violations)) {
            meta(schema, pointer, violations);
        }
        if (violations.size() == before) {
            MetadataSchemaRules rules = new MetadataSchemaRules(pointer, violations);
            rules.schema(schema, "");
            rules.references.forEach(rules::reference);
        }
    }

    private static boolean isOfDialect(Map<String, ?> schema, String pointer, Violations violations) {
        return violations.require(
                !schema.containsKey("$schema") || MetadataSchemaDialect.ID.equals(schema.get("$schema")),
                pointer + "/$schema",
                "metadata_schema.dialect",
                "Metadata schemas are written in " + MetadataSchemaDialect.ID + ".");
    }

    private static void meta(Map<String, ?> schema, String pointer, Violations violations) {
        MetadataSchemaBudget budget = new MetadataSchemaBudget(MetadataSchemaDialect.META_SCHEMA);
        if (budget.suffices(JsonTree.of(schema))) {
            violations.addAll(budget.violations(pointer, "metadata_schema.invalid"));
        } else {
            violations.add(pointer, "metadata_schema.too_large", "The schema has too many parts.");
        }
    }

    /** @param place a JSON pointer into the schema */
    private void schema(Object schema, String place) {
        places.add(place);
        if (schema instanceof Map<?, ?> keywords) {
            keywords.forEach(
                    (name, value) -> keyword((String) name, value, place + "/" + Violation.escape((String) name)));
        }
    }

    private void keyword(String name, Object value, String place) {
        if (SCHEMA.contains(name)) {
            schema(value, place);
        } else if (SCHEMAS.contains(name) && value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                schema(list.get(i), place + "/" + i);
            }
        } else if (NAMED_SCHEMAS.contains(name) && value instanceof Map<?, ?> named) {
            named.forEach((key, inner) -> {
                String inside = place + "/" + Violation.escape((String) key);
                if (name.equals("patternProperties")) {
                    pattern((String) key, inside);
                }
                schema(inner, inside);
            });
        } else if (name.equals("pattern")) {
            pattern((String) value, place);
        } else if (name.equals("$anchor")) {
            places.add((String) value);
        } else if (name.equals("$ref")) {
            references.put(place, (String) value);
        } else if (REDIRECTING.contains(name) && !ALLOWED_AT_THE_ROOT.contains(place)) {
            violations.add(root + place, "metadata_schema.reference", "This keyword is not supported: " + name + ".");
        }
    }

    private void pattern(String expression, String place) {
        if (instructions > MOST_INSTRUCTIONS) {
            return;
        }
        try {
            instructions += LinearPattern.compile(expression).size();
            violations.require(
                    instructions <= MOST_INSTRUCTIONS,
                    root + place,
                    "metadata_schema.pattern",
                    "All regular expressions together are too large with their repetitions written out.");
        } catch (PatternSyntaxException e) {
            violations.add(
                    root + place,
                    "metadata_schema.pattern",
                    "This is not a regular expression of RE2 (which has no look-around and no back references): "
                            + e.getDescription() + ".");
        }
    }

    private void reference(String place, String reference) {
        violations.require(
                places.contains(target(reference)),
                root + place,
                "metadata_schema.reference",
                "This refers to no schema in this document. Only references such as #/$defs/name are followed.");
    }

    /** The place or the anchor that a reference names. For a reference to another document, a string that is neither. */
    private static String target(String reference) {
        try {
            URI uri = new URI(reference);
            return reference.startsWith("#") ? uri.getFragment() : "elsewhere";
        } catch (URISyntaxException e) {
            return "nowhere";
        }
    }
}
