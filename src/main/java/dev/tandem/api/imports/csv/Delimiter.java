package dev.tandem.api.imports.csv;

import org.jspecify.annotations.Nullable;

/** What is between two cells. */
public enum Delimiter {
    COMMA(','),
    SEMICOLON(';'),
    TAB('\t');

    private final byte octet;

    Delimiter(char character) {
        this.octet = (byte) character;
    }

    /** The one that is written so; null if none is. */
    static @Nullable Delimiter of(byte octet) {
        for (Delimiter delimiter : values()) {
            if (delimiter.octet == octet) {
                return delimiter;
            }
        }
        return null;
    }
}
