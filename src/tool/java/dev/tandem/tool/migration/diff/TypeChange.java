package dev.tandem.tool.migration.diff;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a column's new type holds less than its old one. */
final class TypeChange {

    private static final Pattern TYPE =
            Pattern.compile("([a-z ]+?)(?:\\((\\d+)(?:,(-?\\d+))?\\))?( with(?:out)? time zone)?(\\[\\])?");
    private static final List<String> NUMBERS =
            List.of("smallint", "integer", "bigint", "numeric", "real", "double precision");
    private static final List<String> TEXTS = List.of("character", "character varying", "text");
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private TypeChange() {}

    static boolean narrows(String before, String after) {
        Matcher old = TYPE.matcher(before);
        Matcher now = TYPE.matcher(after);
        if (!old.matches() || !now.matches()) {
            return false;
        }
        String from = old.group(1).strip();
        String to = now.group(1).strip();
        if (TEXTS.contains(from) && TEXTS.contains(to)) {
            return limit(now) < limit(old);
        }
        if (from.equals("numeric") && to.equals("numeric")) {
            return limit(now) != UNLIMITED && (scale(now) < scale(old) || digits(now) < digits(old));
        }
        if (NUMBERS.contains(from) && NUMBERS.contains(to)) {
            return narrowerNumber(from, to, now);
        }
        if (to.equals("date") || from.equals("timestamp") && to.equals("time")) {
            return from.equals("timestamp");
        }
        return from.equals(to) && limit(now) < limit(old);
    }

    /** Whether PostgreSQL neither rewrites rows nor reads them: a text that may be longer, a number with more digits before the point. */
    static boolean inCatalogueAlone(String before, String after) {
        Matcher old = TYPE.matcher(before);
        Matcher now = TYPE.matcher(after);
        if (!old.matches() || !now.matches() || old.group(5) != null || now.group(5) != null) {
            return false;
        }
        String from = old.group(1).strip();
        String to = now.group(1).strip();
        boolean text = from.equals("character varying") && (to.equals("text") || to.equals(from));
        boolean number =
                from.equals("numeric") && to.equals("numeric") && (limit(now) == UNLIMITED || scale(now) == scale(old));
        return (text || number) && limit(now) >= limit(old);
    }

    private static boolean narrowerNumber(String from, String to, Matcher now) {
        int before = NUMBERS.indexOf(from);
        int after = NUMBERS.indexOf(to);
        boolean limited = to.equals("numeric") && limit(now) != UNLIMITED;
        boolean inexact = to.equals("real") && !from.equals("smallint")
                || to.equals("double precision") && List.of("bigint", "numeric").contains(from);
        return after < before || limited || inexact;
    }

    private static int limit(Matcher type) {
        return type.group(2) == null ? UNLIMITED : Integer.parseInt(type.group(2));
    }

    private static int scale(Matcher type) {
        if (type.group(2) == null) {
            return UNLIMITED;
        }
        return type.group(3) == null ? 0 : Integer.parseInt(type.group(3));
    }

    private static int digits(Matcher type) {
        return limit(type) == UNLIMITED ? UNLIMITED : limit(type) - scale(type);
    }
}
