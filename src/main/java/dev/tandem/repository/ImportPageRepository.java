package dev.tandem.repository;

import dev.tandem.database.entity.ImportPageEntity;
import dev.tandem.database.entity.ImportPageId;
import dev.tandem.domain.transfer.PackedLines;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The stored lines of imports that jobs will write, in pages numbered from 1. */
@Singleton
public class ImportPageRepository {

    private static final String PRUNE = """
            with left_over as materialized (
                select page.job_id, page.ordinal from import_page as page join job on job.id = page.job_id
                where job.ended_at is not null limit :limit for update of page skip locked)
            delete from import_page as page using left_over
            where page.job_id = left_over.job_id and page.ordinal = left_over.ordinal
            """;

    public Uni<Void> add(UUID jobId, long ordinal, PackedLines lines) {
        ImportPageEntity row = new ImportPageEntity();
        row.jobId = jobId;
        row.ordinal = ordinal;
        row.lines = lines.octets();
        return row.persistAndFlush().replaceWithVoid();
    }

    /** Null if there is no such page. */
    public Uni<@Nullable PackedLines> find(UUID jobId, long ordinal) {
        return ImportPageEntity.<ImportPageEntity>findById(new ImportPageId(jobId, ordinal))
                .map(row -> row == null ? null : new PackedLines(row.lines));
    }

    public Uni<Void> delete(UUID jobId, long ordinal) {
        return ImportPageEntity.delete("jobId = ?1 and ordinal = ?2", jobId, ordinal)
                .replaceWithVoid();
    }

    /** Deletes pages that ended jobs have left; returns how many. */
    public Uni<Integer> prune(int limit) {
        return Panache.getSession().chain(session -> session.createNativeQuery(PRUNE)
                .setParameter("limit", limit)
                .executeUpdate());
    }
}
