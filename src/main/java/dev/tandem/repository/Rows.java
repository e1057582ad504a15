package dev.tandem.repository;

import java.util.UUID;

/** Reads the columns of native queries, which know their types only at run time. */
final class Rows {

    private Rows() {}

    static long number(Object column) {
        return ((Number) column).longValue();
    }

    static UUID id(Object column) {
        return (UUID) column;
    }
}
