package dev.tandem.repository;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.persistence.Column;
import jakarta.persistence.Id;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * The columns of an entity's table, for statements that name all of them. They are read from the entity, so a new column is part of each
 * statement at once. One statement writes any number of rows: each column is passed as an array, and {@code unnest} turns the arrays into
 * rows.
 */
final class TableColumns<E> {

    private final List<EntityColumn> columns;

    private TableColumns(List<EntityColumn> columns) {
        this.columns = columns;
    }

    static <E> TableColumns<E> of(Class<E> entity) {
        return new TableColumns<>(Arrays.stream(entity.getDeclaredFields())
                .filter(TableColumns::isPersistent)
                .map(EntityColumn::of)
                .toList());
    }

    /** Hibernate adds transient fields to an entity's class. */
    private static boolean isPersistent(Field field) {
        int modifiers = field.getModifiers();
        return !field.isSynthetic() && !Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers);
    }

    /** The columns that a statement may change, and the id, which identifies the row. */
    TableColumns<E> updatable() {
        return only(column -> column.isUpdatable);
    }

    /** The columns that another table has too. */
    TableColumns<E> sharedWith(TableColumns<?> other) {
        Set<String> names = other.columns.stream().map(EntityColumn::name).collect(toSet());
        return only(column -> names.contains(column.name));
    }

    private TableColumns<E> only(Predicate<EntityColumn> condition) {
        return new TableColumns<>(columns.stream().filter(condition).toList());
    }

    /** {@code id, key, title}. */
    String names() {
        return list(EntityColumn::name);
    }

    /** {@code document.id, document.key, document.title}. */
    String namesIn(String table) {
        return list(column -> table + "." + column.name);
    }

    /** The same, with null in the place of one of them, which is a text. */
    String namesInWithout(String unread, String table) {
        return list(
                column -> column.name.equals(unread) ? "cast(null as text) as " + unread : table + "." + column.name);
    }

    /** The arrays that {@link #bind} sets, in the order of the names, as {@code unnest} takes them. */
    String arrays() {
        return list(column -> column.type().array.formatted(column.name));
    }

    /** {@code key = written.key, title = written.title}: all but the id. */
    String assignmentsFrom(String source) {
        return only(column -> !column.isId).list(column -> column.name + " = " + source + "." + column.name);
    }

    private String list(Function<EntityColumn, String> words) {
        return columns.stream().map(words).collect(joining(", "));
    }

    /** Sets the array parameters of a statement. */
    Mutiny.MutationQuery bind(Mutiny.MutationQuery statement, List<E> rows) {
        columns.forEach(column -> statement.setParameter(column.name, column.values(rows)));
        return statement;
    }

    /** Fills an entity from a row that has these columns first, in the order of the names. */
    E read(Row row, E entity) {
        for (int at = 0; at < columns.size(); at++) {
            columns.get(at).read(row, at, entity);
        }
        return entity;
    }

    private record EntityColumn(Field field, String name, boolean isId, boolean isUpdatable) {

        static EntityColumn of(Field field) {
            field.setAccessible(true);
            Column column = field.getAnnotation(Column.class);
            boolean isNamed = column != null && !column.name().isEmpty();
            return new EntityColumn(
                    field,
                    isNamed ? column.name() : field.getName(),
                    field.isAnnotationPresent(Id.class),
                    column == null || column.updatable());
        }

        /** Resolved only for statements that need it, because not every column can be written this way. */
        ArrayType type() {
            return ArrayType.ALL.stream()
                    .filter(type -> type.classes.contains(field.getType()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(
                            field + " has a type without an ArrayType: add one in TableColumns"));
        }

        Object[] values(List<?> rows) {
            ArrayType type = type();
            return rows.stream().map(this::value).map(type::of).toArray(type.ofLength);
        }

        /** A column without a value leaves the field as it is. */
        void read(Row row, int at, Object entity) {
            Object value = row.getValue(at);
            if (value == null) {
                return;
            }
            try {
                field.set(
                        entity,
                        switch (value) {
                            case OffsetDateTime time -> time.toInstant();
                            case JsonObject members -> members.getMap();
                            case Buffer octets -> octets.getBytes();
                            default -> value;
                        });
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the field is not accessible: " + field, e);
            }
        }

        private @Nullable Object value(Object row) {
            try {
                return field.get(row);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("the field is not accessible: " + field, e);
            }
        }
    }

    /**
     * How an array of a Java type is passed to PostgreSQL. Types for which the driver has no array are passed as text.
     *
     * @param array the expression for a parameter of a name
     * @param element converts a value for the array
     */
    private record ArrayType(
            Set<Class<?>> classes, String array, IntFunction<Object[]> ofLength, Function<Object, Object> element) {

        static final List<ArrayType> ALL = List.of(
                new ArrayType(Set.of(UUID.class), "cast(:%s as uuid[])", UUID[]::new, value -> value),
                new ArrayType(Set.of(String.class), "cast(:%s as text[])", String[]::new, value -> value),
                new ArrayType(
                        Set.of(long.class, Long.class, int.class, Integer.class),
                        "cast(:%s as bigint[])",
                        Long[]::new,
                        value -> ((Number) value).longValue()),
                new ArrayType(
                        Set.of(Instant.class),
                        "cast(cast(:%s as text[]) as timestamptz[])",
                        String[]::new,
                        Object::toString),
                new ArrayType(
                        Set.of(Map.class), "cast(cast(:%s as text[]) as jsonb[])", String[]::new, ArrayType::json));

        @SuppressWarnings("unchecked") // the names in a jsonb object are strings
        private static Object json(Object members) {
            return new JsonObject((Map<String, Object>) members).encode();
        }

        @Nullable
        Object of(@Nullable Object value) {
            return value == null ? null : element.apply(value);
        }
    }
}
