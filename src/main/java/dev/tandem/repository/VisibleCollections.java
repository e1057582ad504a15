package dev.tandem.repository;

import dev.tandem.domain.access.Grant;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The collections that grants allow a right on, as a condition for HQL and SQL. Its text is made of constants, and every value is a parameter.
 */
record VisibleCollections(String condition, Map<String, Object> parameters) {

    private static final VisibleCollections ALL = new VisibleCollections("1 = 1", Map.of());
    private static final VisibleCollections NONE = new VisibleCollections("1 = 0", Map.of());

    /** @param column the one with the collection's name */
    static VisibleCollections of(Grants grants, Right right, String column) {
        if (grants.allowEverywhere(right)) {
            return ALL;
        }
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        for (Grant grant : grants.all()) {
            if (grant.right().includes(right)) {
                String name = "grant" + conditions.size();
                grant.beginning()
                        .ifPresentOrElse(
                                beginning -> {
                                    conditions.add("substring(" + column + ", 1, :" + name + "_length) = :" + name);
                                    parameters.put(name, beginning);
                                    parameters.put(name + "_length", beginning.length());
                                },
                                () -> {
                                    conditions.add(column + " = :" + name);
                                    parameters.put(name, grant.collections());
                                });
            }
        }
        return conditions.isEmpty()
                ? NONE
                : new VisibleCollections("(" + String.join(" or ", conditions) + ")", parameters);
    }
}
