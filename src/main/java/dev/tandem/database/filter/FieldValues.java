package dev.tandem.database.filter;

import dev.tandem.domain.metadata.FieldPath;

/** What PostgreSQL reads of a field of the metadata. */
public final class FieldValues {

    private FieldValues() {}

    /**
     * The jsonpath, in lax mode, to what {@link FieldPath#scalars} reaches: elements stand for their list. Objects, and lists in a list, are among
     * what it leads to.
     */
    public static String path(FieldPath field) {
        return JsonPathFilter.path(field) + "[*]";
    }
}
