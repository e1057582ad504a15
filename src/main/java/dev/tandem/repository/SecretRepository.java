package dev.tandem.repository;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Secrets that all replicas share. Each is added once and never changes. */
@Singleton
public class SecretRepository {

    private static final String FIND = "select octets from secret where name = :name";

    private static final String ADD = """
            insert into secret (name, octets, created_at) values (:name, :octets, now())
            on conflict on constraint pk_secret do nothing
            """;

    /** The octets of a secret; null if there is no such secret. */
    public Uni<byte @Nullable []> find(String name) {
        return Panache.getSession().chain(session -> session.createNativeQuery(FIND, byte[].class)
                .setParameter("name", name)
                .getSingleResultOrNull());
    }

    /** The octets of a secret. If there is no such secret, these become it. */
    public Uni<byte[]> findOrAdd(String name, byte[] octets) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ADD)
                        .setParameter("name", name)
                        .setParameter("octets", octets)
                        .executeUpdate())
                // Another replica may have been faster. Its row is committed by now, so the next statement sees it.
                .chain(() -> find(name));
    }
}
