package dev.tandem.domain.refusal;

import java.io.Serial;

/**
 * The database lacks a table or a column that this release uses. This is not a refusal, because the request is not the reason. In
 * development an entity is ahead of its migration scripts; in production the scripts have not been applied, or the database belongs to
 * another release.
 */
public final class SchemaMismatch extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** @param message what is missing, in PostgreSQL's words */
    public SchemaMismatch(String message, Throwable cause) {
        super(message, cause);
    }
}
