package dev.tandem.tool.migration.command;

/** Counts things for people. */
final class Counted {

    private Counted() {}

    /** "1 script", "2 scripts". */
    static String of(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
