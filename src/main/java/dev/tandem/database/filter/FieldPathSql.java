package dev.tandem.database.filter;

import dev.tandem.domain.metadata.FieldPath;

/** The paths of metadata fields as PostgreSQL reads them. */
public final class FieldPathSql {

    private FieldPathSql() {}

    /** In strict mode, as lists are ordered by a field: a list on the way leads to no value. */
    public static String strict(FieldPath path) {
        return "strict " + JsonPathFilter.path(path);
    }
}
