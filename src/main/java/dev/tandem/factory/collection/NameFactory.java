package dev.tandem.factory.collection;

import dev.tandem.domain.collection.Alias;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.Identities;
import dev.tandem.factory.rules.SlugRules;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes the names of collections: their own, and aliases. */
@Singleton
public class NameFactory {

    private final Identities identities;

    NameFactory(Identities identities) {
        this.identities = identities;
    }

    /**
     * The collection with another name of its own; the same object if it has that already.
     *
     * @throws dev.tandem.domain.refusal.Refusal.Rejected if the name is not one
     */
    public Collection rename(Collection collection, @Nullable String name) {
        Violations violations = new Violations();
        String checked = SlugRules.check(name, "/name", "collection.name", violations);
        violations.rejectIfAny();
        return collection.renamed(checked, identities.now());
    }

    /**
     * Checks what a client wants an alias to be.
     *
     * @param collection the name of the collection that it is to point to
     * @return the same name
     * @throws dev.tandem.domain.refusal.Refusal.Rejected naming every broken rule
     */
    public String check(String name, @Nullable String collection) {
        Violations violations = new Violations();
        SlugRules.check(name, "/name", "alias.name", violations);
        String wanted = SlugRules.check(collection, "/collection", "alias.collection", violations);
        violations.rejectIfAny();
        return wanted;
    }

    /** A new alias. */
    public Alias alias(String name, Collection target) {
        Instant now = identities.now();
        return new Alias(name, target.id(), target.name(), 1, now, now);
    }

    /** The alias when it points to this collection; the same object if it does already. */
    public Alias point(Alias alias, Collection target) {
        return alias.pointedTo(target, identities.now());
    }
}
