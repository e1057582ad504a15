package dev.tandem.index.pinecone.query;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A condition in Pinecone's filter language, which has no negation: made as small as it can be. */
public sealed interface Condition {

    /** Pinecone takes no more values in one list. */
    int MOST_VALUES = 10_000;

    Condition EVERYTHING = new All(List.of());
    Condition NOTHING = new Either(List.of());

    /** In Pinecone's words. {@link #EVERYTHING} and {@link #NOTHING} have none. */
    JsonObject json();

    /** One of these terms at least. */
    record Any(Set<String> terms) implements Condition {
        @Override
        public JsonObject json() {
            return lists("$in", "$or", terms);
        }
    }

    /** None of these terms. */
    record None(Set<String> terms) implements Condition {
        @Override
        public JsonObject json() {
            return lists("$nin", "$and", terms);
        }
    }

    /** A comparison with a number. */
    record Range(String member, String operator, double bound) implements Condition {
        @Override
        public JsonObject json() {
            return JsonObject.of(member, JsonObject.of(operator, bound));
        }
    }

    record All(List<Condition> conditions) implements Condition {
        @Override
        public JsonObject json() {
            return joined("$and", conditions);
        }
    }

    record Either(List<Condition> conditions) implements Condition {
        @Override
        public JsonObject json() {
            return joined("$or", conditions);
        }
    }

    /** This condition, for documents other than these. */
    default Condition except(Collection<UUID> documentIds) {
        return documentIds.isEmpty()
                ? this
                : all(List.of(
                        this,
                        new None(new LinkedHashSet<>(
                                documentIds.stream().map(Terms::id).toList()))));
    }

    /** All of the conditions. */
    static Condition all(List<Condition> conditions) {
        Set<String> excluded = new LinkedHashSet<>();
        Set<Condition> others = new LinkedHashSet<>();
        for (Condition condition : conditions) {
            switch (condition) {
                case None(var terms) -> excluded.addAll(terms);
                case All(var inner) -> others.addAll(inner);
                case Either(var inner)
                when inner.isEmpty() -> {
                    return NOTHING;
                }
                default -> others.add(condition);
            }
        }
        if (!excluded.isEmpty()) {
            others.add(new None(excluded));
        }
        return others.size() == 1 ? others.iterator().next() : new All(List.copyOf(others));
    }

    /** One of the conditions at least. */
    static Condition either(List<Condition> conditions) {
        Set<String> wanted = new LinkedHashSet<>();
        Set<Condition> others = new LinkedHashSet<>();
        for (Condition condition : conditions) {
            switch (condition) {
                case Any(var terms) -> wanted.addAll(terms);
                case Either(var inner) -> others.addAll(inner);
                case All(var inner)
                when inner.isEmpty() -> {
                    return EVERYTHING;
                }
                default -> others.add(condition);
            }
        }
        if (!wanted.isEmpty()) {
            others.add(new Any(wanted));
        }
        return others.size() == 1 ? others.iterator().next() : new Either(List.copyOf(others));
    }

    private static JsonObject lists(String operator, String join, Set<String> terms) {
        List<String> all = List.copyOf(terms);
        List<JsonObject> lists = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_VALUES) {
            JsonArray some = new JsonArray(all.subList(from, Math.min(all.size(), from + MOST_VALUES)));
            lists.add(JsonObject.of(Terms.MEMBER, JsonObject.of(operator, some)));
        }
        return lists.size() == 1 ? lists.getFirst() : JsonObject.of(join, new JsonArray(lists));
    }

    private static JsonObject joined(String join, List<Condition> conditions) {
        return JsonObject.of(
                join, new JsonArray(conditions.stream().map(Condition::json).toList()));
    }
}
