package dev.tandem.api.openapi.schema;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Walks through schemas and makes new ones of them. */
public final class Schemas {

    static final String REFERENCE = "#/components/schemas/";

    private Schemas() {}

    /** Visits every schema of the API, and every schema inside another. */
    static void each(OpenAPI api, Consumer<Schema> action) {
        api.getComponents().getSchemas().values().forEach(schema -> each(schema, action));
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(operation -> each(operation, action));
    }

    private static void each(Operation operation, Consumer<Schema> action) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> each(parameter.getSchema(), action));
        }
        media(operation).forEach(media -> each(media.getSchema(), action));
    }

    private static Stream<MediaType> media(Operation operation) {
        List<@Nullable Content> contents = new ArrayList<>();
        if (operation.getRequestBody() != null) {
            contents.add(operation.getRequestBody().getContent());
        }
        operation.getResponses().getAPIResponses().values().stream()
                .map(APIResponse::getContent)
                .forEach(contents::add);
        return contents.stream().filter(Objects::nonNull).flatMap(content -> content.getMediaTypes().values().stream());
    }

    private static void each(@Nullable Schema schema, Consumer<Schema> action) {
        if (schema == null) {
            return;
        }
        action.accept(schema);
        each(schema.getItems(), action);
        each(schema.getAdditionalPropertiesSchema(), action);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(member -> each(member, action));
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(choice -> each(choice, action));
        }
    }

    /** The same schema, which also allows null. */
    static Schema orNull(Schema schema) {
        if (schema.getRef() != null || schema.getEnumeration() != null) {
            return OASFactory.createSchema()
                    .addAnyOf(schema)
                    .addAnyOf(OASFactory.createSchema().addType(SchemaType.NULL));
        }
        if (schema.getType() == null || schema.getType().contains(SchemaType.NULL)) {
            return schema;
        }
        Schema nullable = copy(schema);
        nullable.setType(Stream.concat(schema.getType().stream(), Stream.of(SchemaType.NULL))
                .toList());
        return nullable;
    }

    /** The schema with this name, which must be there. */
    static Schema named(String name, Components components) {
        return requireNonNull(components.getSchemas().get(name), name);
    }

    static Schema copy(Schema schema) {
        Schema copy = OASFactory.createSchema();
        copy.setAll(schema.getAll());
        return copy;
    }

    /** The name that a reference ends with; empty if the schema is not a reference. */
    static String name(Schema schema) {
        return schema.getRef() == null ? "" : schema.getRef().substring(REFERENCE.length());
    }
}
