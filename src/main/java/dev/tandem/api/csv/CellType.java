package dev.tandem.api.csv;

import java.util.regex.Pattern;

/** What the cells of a column contain, if the header says so: {@code year:number}. */
public enum CellType {
    STRING,
    /** A number as JSON writes it. */
    NUMBER,
    /** {@code true} or {@code false}, in upper or lower case. */
    BOOLEAN,
    /** Any JSON, {@code null} included. */
    JSON;

    private static final Pattern NUMERAL = Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");

    /** Whether JSON could have this text as a number. {@code 007} is none, and neither is {@code 3,5}. */
    public static boolean isNumber(String text) {
        return NUMERAL.matcher(text).matches();
    }

    /** Whether this is a truth value, in any case: spreadsheets write capitals. */
    public static boolean isBoolean(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }
}
