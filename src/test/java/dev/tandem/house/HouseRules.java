package dev.tandem.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.satisfied;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.conditions.ArchConditions.onlyDependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.tandem.api.idempotency.IdempotentPosts;
import dev.tandem.domain.Aggregate;
import dev.tandem.domain.access.Scope;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithSessionOnDemand;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.POST;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * What every class of the house keeps to.
 *
 * @param root the package that the rooms are in
 */
record HouseRules(String root) {

    static final int MOST_ROOMS = 12;
    static final int MOST_PARAMETERS = 7;

    private static final Set<String> NAMELESS =
            Set.of("util", "utils", "common", "helper", "helpers", "misc", "impl", "dto", "model", "base");

    private static final String LUCENE = "lucene";

    private static final Set<String> ENGINES = Set.of(LUCENE, "pgvector", "opensearch", "pinecone");

    /** Those that know why nobody's scope applies. */
    private static final Set<String> LOOKS_ELSEWHERE = Set.of(
            "dev.tandem.domain.access.Scope",
            "dev.tandem.domain.access.Principal",
            "dev.tandem.domain.collection.Collection",
            "dev.tandem.factory.access.ScopedKeyFactory",
            "dev.tandem.repository.HitRows",
            "dev.tandem.service.byfilter.NamedDocuments",
            // No scoped key copies.
            "dev.tandem.service.copy.CopySource",
            "dev.tandem.service.document.HistoryService",
            "dev.tandem.service.document.JudgedWrites",
            // No scoped key reaches the records of models.
            "dev.tandem.service.projection.Projections");

    /** Openers of sessions and transactions, and what connections come from. */
    private static final Class<?>[] OPENERS = {
        Mutiny.SessionFactory.class,
        Pool.class,
        io.vertx.mutiny.sqlclient.Pool.class,
        PgBuilder.class,
        DataSource.class,
        DriverManager.class,
        WithSession.class,
        WithSessionOnDemand.class,
        WithTransaction.class,
        Transactional.class
    };

    /** Endings of names that belong to one room. */
    private static final Map<String, String> KINDS = Map.of(
            "Entity", "database.entity",
            "Mapper", "database.mapper",
            "Repository", "repository",
            "Service", "service",
            "Factory", "factory",
            "Draft", "factory",
            "Resource", "api",
            "Request", "api",
            "View", "api");

    ArchRule dependenciesPointInward() {
        return classes().should(new Rooms(root).useOnlyWhatTheyMay());
    }

    ArchRule domainIsJava() {
        return classes()
                .that(resideInAPackage(room("domain")))
                .should(onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", room("domain"))));
    }

    /** The same input gives the same output, today and tomorrow. */
    ArchRule domainHasNoClockAndNoDice() {
        return noClasses()
                .that(resideInAPackage(room("domain")))
                .should(access("read a clock or throw dice", HouseRules::isClockOrDice));
    }

    /**
     * What reads documents takes the scope of its caller. Only these know that there is none, or that it was looked at before: callers who may
     * see everything, writes, and the hits of a query that has the scope in its filter.
     */
    ArchRule onlyTheseReadPastAScope() {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .and(describe(
                        "that are not known to look elsewhere",
                        type -> !LOOKS_ELSEWHERE.contains(type.getFullName().split("\\$", 2)[0])))
                .should(access(
                        "see everything, or make a scope",
                        access -> access.getTargetOwner().isEquivalentTo(Scope.class)
                                && Set.of("EVERYTHING", "<init>")
                                        .contains(access.getTarget().getName())));
    }

    /** An engine that is a PostgreSQL has connections of its own, on which no session is opened. */
    ArchRule sessionsAreOpenedInOneRoom() {
        return noClasses()
                .that(resideInAPackage(root + ".."))
                .and(DescribedPredicate.not(resideInAnyPackage(
                        room("database.session"), room("database.connection"), room("index.pgvector"))))
                .should(dependOn(OPENERS))
                .orShould(access(
                        "open a session or a transaction",
                        access -> access.getTargetOwner().isAssignableTo(Panache.class)
                                        && access.getTarget().getName().startsWith("with")
                                || access.getTargetOwner().isAssignableTo(Mutiny.Session.class)
                                        && access.getTarget().getName().equals("withTransaction")));
    }

    ArchRule repositoriesSpeakTheDomain() {
        return methods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(resideInAPackage(room("repository")))
                .and()
                .areDeclaredInClassesThat(describe("are no records", type -> !type.isRecord()))
                .should(speakTheDomain());
    }

    ArchRule aggregatesComeFromTheirDoors() {
        return noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(room("factory"), room("database.mapper"))))
                .should(access(
                        "construct an aggregate",
                        access -> access.getTarget().getName().equals("<init>")
                                && access.getTargetOwner().isAnnotatedWith(Aggregate.class)
                                && !access.getOriginOwner().equals(access.getTargetOwner())));
    }

    /** A record with a factory is an aggregate, and must be annotated as one. Otherwise the rule above would skip it. */
    ArchRule whatHasAFactoryIsAnAggregate() {
        return classes()
                .that(resideInAPackage(room("factory")))
                .should(new ArchCondition<>("make records that are annotated with @Aggregate") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getDirectDependenciesFromSelf().stream()
                                .map(Dependency::getTargetClass)
                                .filter(made -> made.isRecord()
                                        && type.getSimpleName().equals(made.getSimpleName() + "Factory")
                                        && !made.isAnnotatedWith(Aggregate.class))
                                .forEach(made ->
                                        events.add(violated(type, type.getName() + " makes " + made.getSimpleName())));
                    }
                });
    }

    ArchRule nobodyWaits(Blocking blocking) {
        return classes().should(blocking.notWait());
    }

    ArchRule oneSessionOneChain() {
        return noClasses()
                .that(resideInAPackage(room("repository")))
                .should(access("run things side by side", HouseRules::isSideBySide));
    }

    /**
     * Only an engine's own folder and the wiring may know the engine. Text analysis belongs to no engine. OpenSearch is Lucene on a server: it
     * shares the analysis and the terms of metadata.
     */
    ArchRule oneEngineOneFolder() {
        return noClasses().that(resideInAPackage(root + "..")).should(new ArchCondition<>("know the engine") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isForbidden(type, dependency.getTargetClass()))
                        .forEach(dependency -> events.add(satisfied(dependency, dependency.getDescription())));
            }
        });
    }

    private boolean isForbidden(JavaClass type, JavaClass target) {
        if (resideInAPackage("org.apache.lucene..").test(target)) {
            return !resideInAnyPackage(room("index.lucene"), room("index.text"), room("index.opensearch"))
                    .test(type);
        }
        return ENGINES.stream()
                .filter(engine -> resideInAPackage(room("index." + engine)).test(target))
                .anyMatch(engine -> !mayKnow(type, engine));
    }

    private boolean mayKnow(JavaClass type, String engine) {
        return resideInAnyPackage(room("init"), room("index." + engine)).test(type)
                || engine.equals(LUCENE)
                        && resideInAPackage(room("index.opensearch")).test(type);
    }

    ArchRule noCircles() {
        return SlicesRuleDefinition.slices().matching(root + ".(**)").should().beFreeOfCycles();
    }

    ArchRule packagesHaveTellingNames() {
        return noClasses().should(have(describe("a package named " + new TreeSet<>(NAMELESS), type -> Arrays.stream(
                        type.getPackageName().split("\\.", -1))
                .anyMatch(NAMELESS::contains))));
    }

    /** The top packages are counted over all classes, so the rule is about their names. */
    static Set<String> rooms(Iterable<JavaClass> classes, String root) {
        Set<String> rooms = new TreeSet<>();
        for (JavaClass type : classes) {
            String packageName = type.getPackageName();
            if (packageName.startsWith(root + ".")) {
                rooms.add(packageName.substring(root.length() + 1).split("\\.", -1)[0]);
            }
        }
        return rooms;
    }

    ArchRule classesHaveTellingNames() {
        return noClasses()
                .should(
                        have(
                                describe(
                                        "a name that tells how it is built, not what it is",
                                        type -> type.getSimpleName()
                                                .matches(
                                                        "Abstract[A-Z].*|I[A-Z][a-z].*|.*(Impl|Dto|DTO|Vo|VO|Pojo|Util|Utils|Helper|Helpers|Manager)"))));
    }

    /**
     * {@code DocumentEntity} is a row, and rows are in {@code database.entity}: a name is a promise of a place. What is inside another
     * class has its place.
     */
    ArchRule kindsLiveInTheirRooms() {
        return classes()
                .that()
                .areTopLevelClasses()
                .should(new ArchCondition<>("be in the room that their name promises") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        KINDS.forEach((ending, room) -> {
                            boolean isHere = resideInAPackage(room(room)).test(type);
                            if (type.getSimpleName().endsWith(ending) && !isHere && !isNamedByOthers(type, ending)) {
                                events.add(violated(type, type.getName() + " belongs to " + room));
                            }
                        });
                    }
                });
    }

    /** Many collaborators mean that a class does the work of several. A record is data, so its components are not limited. */
    ArchRule constructorsAreShort() {
        return classes()
                .that(describe("are no records", type -> !type.isRecord()))
                .should(new ArchCondition<>("ask for " + MOST_PARAMETERS + " things at most") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getConstructors().stream()
                                .filter(constructor ->
                                        constructor.getRawParameterTypes().size() > MOST_PARAMETERS)
                                .forEach(constructor -> events.add(violated(constructor, constructor.getFullName())));
                    }
                });
    }

    ArchRule queriesHaveTellingNames() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat(resideInAPackage(room("repository")))
                .should()
                .haveNameMatching(".*By[A-Z].*(And|Or|OrderBy)[A-Z].*");
    }

    /** Otherwise an Idempotency-Key would promise what the resource does not do. */
    ArchRule postsAreDoneOnce() {
        return methods()
                .that()
                .areAnnotatedWith(POST.class)
                .should(new ArchCondition<>("answer through IdempotentPosts") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean isOnce = method.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(IdempotentPosts.class)
                                        || call.getTarget().getName().equals("once"));
                        if (!isOnce) {
                            events.add(violated(method, method.getFullName() + " does again what is sent again"));
                        }
                    }
                });
    }

    private String room(String name) {
        return root + "." + name + "..";
    }

    /** An implementation of somebody else's {@code ConfigSourceFactory} may be called one. */
    private boolean isNamedByOthers(JavaClass type, String ending) {
        return type.getAllRawInterfaces().stream()
                .anyMatch(other -> !other.getPackageName().startsWith(root)
                        && other.getSimpleName().endsWith(ending));
    }

    private ArchCondition<JavaMethod> speakTheDomain() {
        return new ArchCondition<>("take and give domain types, in a Uni or a Multi") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                JavaClass answer = method.getRawReturnType();
                if (!answer.isEquivalentTo(Uni.class) && !answer.isEquivalentTo(Multi.class)) {
                    events.add(violated(method, method.getFullName() + " answers neither a Uni nor a Multi"));
                }
                Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .filter(type -> !isOfTheDomain(type))
                        .forEach(type ->
                                events.add(violated(method, method.getFullName() + " speaks of " + type.getName())));
            }
        };
    }

    /** The query to an index, and the repository's own records of domain objects, count as domain objects too. */
    private boolean isOfTheDomain(JavaClass type) {
        return type.isPrimitive()
                || type.isEquivalentTo(Uni.class)
                || type.isEquivalentTo(Multi.class)
                || resideInAnyPackage("java..", room("domain"), root + ".index").test(type)
                || (type.isRecord() && resideInAPackage(room("repository")).test(type));
    }

    private static boolean isClockOrDice(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        return owner.isAssignableTo(Clock.class)
                || owner.isAssignableTo(RandomGenerator.class)
                || owner.isAssignableTo(Random.class)
                || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
                || (owner.isEquivalentTo(Math.class) && name.equals("random"))
                || (owner.isEquivalentTo(System.class)
                        && Set.of("currentTimeMillis", "nanoTime").contains(name))
                || (owner.getPackageName().equals(Instant.class.getPackageName()) && name.equals("now"));
    }

    private static boolean isSideBySide(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean combines =
                owner.isAssignableTo(Uni.class) && Set.of("combine", "join").contains(name);
        boolean merges = owner.getPackageName().startsWith("io.smallrye.mutiny")
                && (name.equals("merge")
                        || name.endsWith("AndMerge")
                        || name.equals("merging")
                        || name.equals("createBy"));
        return combines || merges;
    }

    private static ArchCondition<JavaClass> dependOn(Class<?>... types) {
        return dependOnClassesThat(anyOf(types));
    }

    private static DescribedPredicate<JavaClass> anyOf(Class<?>... types) {
        return describe(
                "any of " + Arrays.stream(types).map(Class::getSimpleName).toList(),
                type -> Arrays.stream(types).anyMatch(type::isEquivalentTo));
    }

    /** Events of an access are good ones here: these conditions are for rules that begin with "no". */
    private static ArchCondition<JavaClass> access(String what, Predicate<JavaAccess<?>> predicate) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf().stream()
                        .filter(predicate)
                        .forEach(access -> events.add(satisfied(access, access.getDescription())));
            }
        };
    }
}
