package dev.tandem.database.entity;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A row of {@code job} without its parameters, which may be as large as a request: for readers of a job's progress, which do not run the
 * job. Its components have the names of those of {@link JobEntity}.
 */
@RegisterForReflection // its constructor names the columns that are read
public record JobOutline(
        UUID id,
        String kind,
        UUID collectionId,
        String collection,
        String state,
        long done,
        Long total,
        long failed,
        Map<String, Long> counts,
        String cursor,
        long sequence,
        int attempts,
        boolean cancelRequested,
        String errorCode,
        String error,
        Instant createdAt,
        Instant startedAt,
        Instant endedAt) {}
