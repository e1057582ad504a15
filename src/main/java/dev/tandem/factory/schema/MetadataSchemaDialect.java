package dev.tandem.factory.schema;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import java.util.Locale;

/**
 * The form of JSON Schema 2020-12 that Tandem supports.
 *
 * <p>It reads the resources {@code draft/2020-12/**} and {@code jsv-messages*.properties} from the validator's jar. That jar registers both
 * for native images itself.
 */
final class MetadataSchemaDialect {

    static final String ID = DialectId.DRAFT_2020_12;

    /** This registry stores no schemas: each one is compiled by itself, so that no schema can refer to another. */
    static final SchemaRegistry REGISTRY = registry(false);

    /** The schema that describes schemas. */
    static final Schema META_SCHEMA = registry(true).getSchema(SchemaLocation.of(ID));

    private MetadataSchemaDialect() {}

    private static SchemaRegistry registry(boolean cache) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(false)
                .regularExpressionFactory(MetadataSchemaDialect::linear)
                .build();
        return SchemaRegistry.withDialect(Dialects.getDraft202012(), registry -> registry.schemaRegistryConfig(config)
                .schemaCacheEnabled(cache)
                .schemaLoader(loader -> loader.fetchRemoteResources(false)
                        .allow(iri -> iri.toString().startsWith("https://json-schema.org/draft/2020-12/"))));
    }

    /** @throws com.google.re2j.PatternSyntaxException if {@link LinearPattern} refuses the expression */
    private static RegularExpression linear(String expression) {
        LinearPattern pattern = LinearPattern.compile(expression);
        return text -> {
            MetadataSchemaBudget.spend(pattern.steps(text));
            return pattern.isFoundIn(text);
        };
    }
}
