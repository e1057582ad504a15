package dev.tandem.service.access;

import dev.tandem.database.session.Reach;
import dev.tandem.repository.AliasLookup;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/** Where aliases may lead a request: grants name collections, so what counts is the collection and not its alias. */
@Singleton
public class AliasRights {

    private final AliasLookup lookup;

    AliasRights(AliasLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Lets aliases lead the present request where its caller may go. An alias is looked up when its collection is, in the same statement or
     * transaction, so there is no moment in which it could lead elsewhere than it was checked for.
     *
     * @param rights learns where names lead, and fails if the caller may not go there
     */
    public void apply(Way rights) {
        Reach.begin((name, led, own) -> rights.go(name, led.collectionId(), own, led.isSwitched()));
    }

    /** The way that a name of a collection leads: its own, or an alias. */
    @FunctionalInterface
    public interface Way {

        /**
         * Fails if the name is an alias and the caller may not go where it leads.
         *
         * @param own the collection's own name
         * @param isSwitched whether the name is an alias that has led to another collection before
         */
        void go(String name, UUID collectionId, String own, boolean isSwitched);
    }

    /**
     * Finds out where a name leads the present request if it is an alias. The request then stays with that collection. Fails if its caller may not
     * go there.
     *
     * @return whether there is such an alias
     */
    public Uni<Boolean> follow(String name) {
        Reach reach = Reach.present();
        if (reach == null) {
            return Uni.createFrom().item(false);
        }
        return lookup.find(name)
                .invoke(target -> {
                    if (target != null) {
                        reach.lead(name, target.led(), target.name());
                    }
                })
                .map(target -> target != null);
    }
}
