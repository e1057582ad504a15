package dev.tandem.house;

import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which room may use which: the drawing in {@code docs/architecture.md} as a table. Everything else is forbidden, including rooms that the
 * table does not name.
 *
 * @param root the package that the rooms are in
 */
record Rooms(String root) {

    /** The room that wires all others, and that no room may use. */
    private static final String WIRING = "init";

    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            entry("api", Set.of("service", "factory", "domain")),
            entry("sync", Set.of("service", "work", "domain")),
            entry(
                    "service",
                    Set.of(
                            "work",
                            "remote",
                            "factory",
                            "repository",
                            "index",
                            "embedding",
                            "database.session",
                            "domain")),
            entry("factory", Set.of("domain")),
            // where rows and vectors meet
            entry(
                    "repository",
                    Set.of(
                            "database.filter",
                            "database.mapper",
                            "database.entity",
                            "database.session",
                            "index",
                            "domain")),
            // an engine may be a PostgreSQL too
            entry("index", Set.of("work", "remote", "database.connection", "database.filter", "domain")),
            entry("embedding", Set.of("work", "remote", "domain")),
            entry("remote", Set.of("work", "domain")),
            entry("work", Set.of("domain")),
            entry("database.mapper", Set.of("database.entity", "domain")),
            entry("database.filter", Set.of("domain")),
            entry("database.session", Set.of("database.connection", "domain")),
            entry("database.connection", Set.of()),
            entry("database.entity", Set.of("database.schema")),
            entry("database.schema", Set.of()),
            entry("database.migration", Set.of()),
            entry("database", Set.of()),
            entry("domain", Set.of()));

    /** That a class uses only what its room may use. */
    ArchCondition<JavaClass> useOnlyWhatTheyMay() {
        return new ArchCondition<>("use only what their room may use") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                String from = of(user);
                if (from == null || !(from.equals(WIRING) || MAY_USE.containsKey(from))) {
                    events.add(SimpleConditionEvent.violated(user, user.getName() + " is in no room of the house"));
                    return;
                }
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    String to = of(dependency.getTargetClass());
                    if (to != null && !isAllowed(from, to)) {
                        events.add(SimpleConditionEvent.violated(
                                dependency, from + " may not use " + to + ": " + dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isAllowed(String from, String to) {
        return from.equals(to)
                || from.equals(WIRING)
                || MAY_USE.getOrDefault(from, Set.of()).contains(to);
    }

    /** The room of a class; of the database, whose rooms have rules of their own, the one inside. Null outside the house. */
    private @Nullable String of(JavaClass type) {
        String packageName = type.getBaseComponentType().getPackageName();
        if (!packageName.startsWith(root + ".")) {
            return null;
        }
        String[] names = packageName.substring(root.length() + 1).split("\\.", -1);
        return names[0].equals("database") && names.length > 1 ? names[0] + "." + names[1] : names[0];
    }
}
