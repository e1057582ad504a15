package dev.tandem.repository;

import java.util.Collection;
import java.util.UUID;

/**
 * A condition in HQL for the rows with some of many ids, which are one parameter: an id, or an array of several. With HQL's own {@code in} and a
 * list, each number of ids would be another statement for PostgreSQL to prepare. Hibernate keeps the translation of a query for one id; one
 * for several it translates each time, which is little beside reading several rows.
 */
final class Among {

    private Among() {}

    /**
     * @param property of the entity, with an id
     * @param parameter named or numbered, as HQL writes it; its value is that of {@link #value}
     */
    static String hql(String property, String parameter, Collection<UUID> ids) {
        return ids.size() == 1
                ? property + " = " + parameter
                : "cast(sql('? = any(?)', " + property + ", " + parameter + ") as boolean)";
    }

    static Object value(Collection<UUID> ids) {
        return ids.size() == 1 ? ids.iterator().next() : ids.toArray(UUID[]::new);
    }
}
