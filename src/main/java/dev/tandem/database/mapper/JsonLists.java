package dev.tandem.database.mapper;

import java.util.List;
import java.util.Map;

/** Lists in columns of JSON. A column has an object with the list in it, because Hibernate Reactive reads and writes no other JSON. */
final class JsonLists {

    private static final String ITEMS = "items";

    private JsonLists() {}

    static Map<String, Object> column(List<?> items) {
        return Map.of(ITEMS, items);
    }

    static List<String> texts(Map<String, Object> column) {
        return items(column).stream().map(String.class::cast).toList();
    }

    static List<Integer> numbers(Map<String, Object> column) {
        return items(column).stream().map(item -> ((Number) item).intValue()).toList();
    }

    private static List<?> items(Map<String, Object> column) {
        return column.get(ITEMS) instanceof List<?> items ? items : List.of();
    }
}
