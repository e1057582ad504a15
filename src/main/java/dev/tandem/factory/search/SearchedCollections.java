package dev.tandem.factory.search;

import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.SlugRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules for the collections that one search names. */
public final class SearchedCollections {

    public static final int MOST = 16;

    private SearchedCollections() {}

    /**
     * The names, which may be those of collections.
     *
     * @throws Refusal.Rejected naming every broken rule
     */
    public static List<String> check(@Nullable List<@Nullable String> said) {
        if (said == null || said.isEmpty() || said.size() > MOST) {
            throw new Refusal.Rejected(
                    "/collections", "search.collections.amount", "A search names 1 to " + MOST + " collections.");
        }
        Violations violations = new Violations();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < said.size(); i++) {
            String pointer = "/collections/" + i;
            String name = SlugRules.check(said.get(i), pointer, "collection.name", violations);
            require(violations, !names.contains(name), pointer);
            names.add(name);
        }
        violations.rejectIfAny();
        return names;
    }

    /**
     * The same rule for what the names lead to: two of them may be names of one collection.
     *
     * @throws Refusal.Rejected if they are
     */
    public static void checkFound(List<Collection> found) {
        Violations violations = new Violations();
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            require(violations, ids.add(found.get(i).id()), "/collections/" + i);
        }
        violations.rejectIfAny();
    }

    private static void require(Violations violations, boolean isFirst, String pointer) {
        violations.require(isFirst, pointer, "search.collections.twice", "A search names each collection once.");
    }
}
