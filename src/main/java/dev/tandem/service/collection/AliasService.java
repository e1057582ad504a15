package dev.tandem.service.collection;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.Page;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Precondition;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.collection.NameFactory;
import dev.tandem.repository.AliasRepository;
import dev.tandem.repository.CollectionRepository;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The use cases of aliases. A switch is one transaction: every request that begins after it finds the other collection, on every replica. */
@ApplicationScoped
public class AliasService {

    private final UnitOfWork unitOfWork;
    private final AliasRepository aliases;
    private final CollectionRepository collections;
    private final NameFactory factory;
    private final CollectionJudge judge;

    AliasService(
            UnitOfWork unitOfWork,
            AliasRepository aliases,
            CollectionRepository collections,
            NameFactory factory,
            CollectionJudge judge) {
        this.unitOfWork = unitOfWork;
        this.aliases = aliases;
        this.collections = collections;
        this.factory = factory;
        this.judge = judge;
    }

    /**
     * What a put has done.
     *
     * @param isNew whether there was no such alias before
     */
    public record Pointed(Alias alias, boolean isNew) {}

    /**
     * Makes an alias, or points it to another collection. Fails with {@link Refusal.NotFound} if there is no such collection, and with {@link
     * Refusal.Conflict} if a collection has the alias's name.
     *
     * @param collection the name of the collection, or another alias of it
     * @param mayPoint fails if the caller may not point an alias there
     */
    public Uni<Pointed> put(
            String name, @Nullable String collection, Precondition precondition, Consumer<Collection> mayPoint) {
        String wanted = factory.check(name, collection);
        judge.mayBeAlias(name);
        // The collection is locked: it cannot be deleted before it has the alias, and not after.
        return unitOfWork.write(() -> aliases.lock(name).chain(current -> collections
                .lock(wanted)
                .invoke(mayPoint)
                .invoke(() -> precondition.check(current == null ? null : current.version(), false))
                .chain(target -> current == null ? add(name, target) : point(current, target))));
    }

    private Uni<Pointed> add(String name, Collection target) {
        Alias alias = factory.alias(name, target);
        return aliases.add(alias).replaceWith(() -> new Pointed(alias, true));
    }

    private Uni<Pointed> point(Alias current, Collection target) {
        Alias pointed = factory.point(current, target);
        Uni<Void> written = pointed.equals(current) ? Uni.createFrom().voidItem() : aliases.replace(pointed);
        return written.replaceWith(() -> new Pointed(pointed, false));
    }

    /** Fails with {@link Refusal.NotFound} if there is no such alias, or if the grants do not allow to read its collection. */
    public Uni<Alias> get(Grants grants, String name) {
        return unitOfWork
                .read(() -> aliases.find(name))
                .map(alias -> alias == null || !grants.allow(Right.READ, alias.collection()) ? null : alias)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Alias.NOUN, name));
    }

    /** The aliases of collections that the grants allow to read, ordered by name, after {@code after}; null starts at the beginning. */
    public Uni<Page<Alias>> list(Grants grants, @Nullable String after, int limit) {
        return unitOfWork.heavy().read(() -> aliases.list(grants, after, limit));
    }

    /** Deletes an alias; its collection stays. Fails with {@link Refusal.NotFound} if there is none. */
    public Uni<Void> delete(String name, Precondition precondition) {
        return unitOfWork.write(() -> aliases.lock(name)
                .onItem()
                .ifNull()
                .failWith(() -> Refusal.NotFound.of(Alias.NOUN, name))
                .invoke(alias -> precondition.check(alias.version(), false))
                .chain(aliases::remove));
    }
}
