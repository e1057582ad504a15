package dev.tandem.api.openapi.schema;

import dev.tandem.api.paging.PageView;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

/** The records that are written as JSON or read from it, by the names of their schemas. */
final class Records {

    private static final String ROOT = "dev.tandem.";
    private static final String PAGE = PageView.class.getSimpleName();

    private final Set<String> described;
    private final Map<String, Class<?>> records = new TreeMap<>();

    private Records(Set<String> described) {
        this.described = described;
    }

    /**
     * Finds the records of the API and the records that they consist of.
     *
     * @param described the names of all schemas
     * @throws IllegalStateException if two records have the same schema, which then describes one of them wrongly
     */
    static Records of(IndexView classes, Set<String> described) {
        Records found = new Records(described);
        classes.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .map(type -> type.name().toString())
                .filter(name -> name.startsWith(ROOT + "api."))
                .sorted()
                .map(Records::load)
                .forEach(found::add);
        return found;
    }

    /** Null if no record is described, but an enumeration or a part that has no class. */
    @Nullable
    Class<?> of(String schema) {
        return schema.startsWith(PAGE) ? PageView.class : records.get(schema);
    }

    private void add(Class<?> record) {
        Schema annotation = record.getAnnotation(Schema.class);
        String name = annotation == null || annotation.name().isEmpty() ? record.getSimpleName() : annotation.name();
        Class<?> other = records.put(name, record);
        if (other == record) {
            return;
        }
        if (other != null && described.contains(name)) {
            throw new IllegalStateException("Both " + other.getName() + " and " + record.getName()
                    + " are described as " + name + ": give one of them a name with @Schema.");
        }
        for (RecordComponent component : record.getRecordComponents()) {
            classes(component.getGenericType())
                    .filter(type -> type.isRecord() && type.getName().startsWith(ROOT))
                    .forEach(this::add);
        }
    }

    /** The class of a type and of its arguments. */
    private static Stream<Class<?>> classes(Type type) {
        return switch (type) {
            case Class<?> plain -> Stream.of(plain);
            case ParameterizedType generic ->
                Stream.of(generic.getActualTypeArguments()).flatMap(Records::classes);
            default -> Stream.of();
        };
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Records.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + " is in the application's index", e);
        }
    }
}
