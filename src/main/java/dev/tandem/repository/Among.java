package dev.tandem.repository;

import java.util.Collection;
import java.util.UUID;

/**
 * A condition in HQL for the rows with some of many ids, which are one parameter: an array. With HQL's own {@code in} and a list, each number of
 * ids makes another statement, which Hibernate translates anew each time and PostgreSQL has to prepare.
 */
final class Among {

    private Among() {}

    /**
     * @param property of the entity, with an id
     * @param parameter named or numbered, as HQL writes it; its value is that of {@link #ids}
     */
    static String hql(String property, String parameter) {
        return "cast(sql('? = any(?)', " + property + ", " + parameter + ") as boolean)";
    }

    static UUID[] ids(Collection<UUID> ids) {
        return ids.toArray(UUID[]::new);
    }
}
