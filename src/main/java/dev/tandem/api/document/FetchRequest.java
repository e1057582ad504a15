package dev.tandem.api.document;

import dev.tandem.domain.document.DocumentQuery;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.document.KeyRules;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The body that asks for documents by their keys.
 *
 * @param include vector adds the stored vectors
 */
@Schema(requiredProperties = "keys", examples = """
{"keys": ["article-1", "article-2"], "include": ["vector"]}
""")
public record FetchRequest(
        @Nullable List<String> keys,

        @Schema(
                type = SchemaType.ARRAY,
                implementation = DocumentQuery.Include.class,
                description = Inclusion.DESCRIPTION)
        @Nullable
        List<String> include) {

    /** What it asks for. */
    record Wish(List<String> keys, boolean withVectors) {}

    /** @throws dev.tandem.domain.refusal.Refusal.Rejected naming everything that is wrong with it */
    Wish toWish() {
        Violations violations = new Violations();
        List<String> distinct = KeyRules.distinct(keys, "/keys", violations);
        boolean withVectors = Inclusion.ofVector(include, violations);
        violations.rejectIfAny();
        return new Wish(distinct, withVectors);
    }
}
