package dev.tandem.repository;

import dev.tandem.database.entity.CollectionEntity;
import dev.tandem.database.entity.DocumentEntity;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/** How much is stored. */
@Singleton
public class AmountRepository {

    private static final String SPOOL_OF_AUTHOR = """
            select cast(coalesce(sum(octet_length(lines)), 0) as bigint)
            from import_page join job on job.id = import_page.job_id
            where split_part(job.parameters ->> 'author', chr(10), 1) = :author
            """;
    private static final String SPOOL = "select cast(coalesce(sum(octet_length(lines)), 0) as bigint) from import_page";

    public Uni<Long> collections() {
        return CollectionEntity.count();
    }

    /** Those that this principal has made. */
    public Uni<Long> collections(String creator) {
        return CollectionEntity.count("creator", creator);
    }

    /** The documents of a collection. */
    public Uni<Long> documents(UUID collectionId) {
        return DocumentEntity.count("collectionId", collectionId);
    }

    /** The lines of imports that wait for jobs, in bytes. */
    public Uni<Long> spool() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(SPOOL, Long.class).getSingleResult());
    }

    /** Those of this author's imports, on whosever behalf. */
    public Uni<Long> spool(String author) {
        return Panache.getSession().chain(session -> session.createNativeQuery(SPOOL_OF_AUTHOR, Long.class)
                .setParameter("author", author)
                .getSingleResult());
    }
}
