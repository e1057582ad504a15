package dev.tandem.api.openapi.schema;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/**
 * Which members a body always has, and which may be null. Both follow from the record: a component that is {@code @Nullable} may be left out
 * of a request; an answer leaves it out or writes null, as Jackson is told to.
 */
public final class Members {

    private Members() {}

    public static void describe(Map<String, Schema> schemas, IndexView classes) {
        Records records = Records.of(classes, schemas.keySet());
        schemas.forEach((name, schema) -> {
            Class<?> record = records.of(name);
            if (record != null) {
                describe(schema, record);
            }
        });
    }

    private static void describe(Schema schema, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                describe(schema, component.getType());
            } else {
                describe(schema, record, component);
            }
        }
    }

    private static void describe(Schema schema, Class<?> record, RecordComponent component) {
        String name = component.getName();
        if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            require(schema, name);
        } else if (isRequest(record)) {
            allowNoContainer(schema, name);
        } else if (isAlwaysWritten(record, component)) {
            require(schema, name);
            allowNull(schema, name);
        }
    }

    /**
     * Null is the same as nothing in a request. It is described for lists and maps, because generated clients send empty ones where nothing
     * was set, unless they may be null; an empty filter is a filter that matches everything.
     */
    private static void allowNoContainer(Schema schema, String name) {
        List<SchemaType> types = member(schema, name).getType();
        if (!isRequired(schema, name)
                && types != null
                && (types.contains(SchemaType.ARRAY) || types.contains(SchemaType.OBJECT))) {
            allowNull(schema, name);
        }
    }

    private static void allowNull(Schema schema, String name) {
        schema.addProperty(name, Schemas.orNull(member(schema, name)));
    }

    private static Schema member(Schema schema, String name) {
        Map<String, Schema> members = schema.getProperties();
        return requireNonNull(members.get(name), name);
    }

    private static void require(Schema schema, String name) {
        if (!isRequired(schema, name)) {
            schema.addRequired(name);
        }
    }

    private static boolean isRequired(Schema schema, String name) {
        return schema.getRequired() != null && schema.getRequired().contains(name);
    }

    /** Whether the record, or the one around it, is the body of a request. */
    private static boolean isRequest(Class<?> record) {
        Class<?> outer = record.getEnclosingClass();
        return outer == null ? record.getSimpleName().endsWith("Request") : isRequest(outer);
    }

    private static boolean isAlwaysWritten(Class<?> record, RecordComponent component) {
        JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude include = own == null ? record.getAnnotation(JsonInclude.class) : own;
        return include == null || include.value() == JsonInclude.Include.ALWAYS;
    }
}
