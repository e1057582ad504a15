package dev.tandem.database.filter;

import dev.tandem.database.filter.SqlCondition.Column;
import java.util.List;

/**
 * Whether the time of a row of {@code document} is over. Such a row counts as deleted in everything that clients see, from that moment to the
 * one in which it is really deleted.
 *
 * <p>Only PostgreSQL's clock decides, so all replicas agree. In a transaction, {@code now()} is when it began: a document that was there for
 * its first statement is there for its last.
 */
public final class Expiry {

    private static final Column EXPIRES_AT = new Column("expiresAt", "document.expires_at");

    /** The document is there. */
    public static final SqlCondition AHEAD =
            new SqlCondition("(? is null or ? > now())", List.of(EXPIRES_AT, EXPIRES_AT));

    /** The document counts as deleted. An index has these rows. */
    public static final SqlCondition OVER = new SqlCondition("? <= now()", List.of(EXPIRES_AT));

    private Expiry() {}
}
