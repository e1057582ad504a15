package dev.tandem.tool.migration.verify;

import dev.tandem.tool.migration.schema.Catalog;
import dev.tandem.tool.migration.schema.Catalog.Column;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A value for a column, as long as the column allows, because the longest value is the first to cause trouble. */
final class SeedValue {

    private static final int LONG = 60;
    private static final Pattern LIMITED = Pattern.compile("[a-z ]+\\((\\d+)\\)");

    private SeedValue() {}

    /** Empty for an unknown type. */
    static Optional<String> of(Column column, Catalog from, Catalog to) {
        String type = column.type();
        List<String> labels = from.enums().get(type);
        if (labels != null) {
            List<String> remaining = to.enums().getOrDefault(type, labels);
            return labels.stream()
                    .filter(remaining::contains)
                    .findFirst()
                    .or(() -> labels.stream().findFirst())
                    .map(label -> "'" + label.replace("'", "''") + "'");
        }
        return type.endsWith("[]") ? Optional.of("'{}'") : plain(type);
    }

    private static Optional<String> plain(String type) {
        String value =
                switch (type.replaceFirst("[( ].*", "")) {
                    case "character", "text", "citext" -> "'" + text(type) + "'";
                    case "smallint", "integer", "bigint", "real", "double", "oid" -> "1";
                    case "numeric" -> "0.1";
                    case "boolean" -> "true";
                    case "date", "timestamp" -> "'2026-02-03 04:05:06'";
                    case "time" -> "'04:05:06'";
                    case "interval" -> "'1 day'";
                    case "uuid" -> "'00000000-0000-4000-8000-000000000001'";
                    case "json", "jsonb" -> "'{\"seed\": [1, \"a\"]}'";
                    case "bytea" -> "'\\x01'";
                    case "inet" -> "'127.0.0.1'";
                    case "cidr" -> "'127.0.0.0/8'";
                    case "xid8" -> "'1'";
                    case "tsvector" -> "'seed'";
                    case "int4range", "int8range", "numrange" -> "'[1,2)'";
                    default -> "";
                };
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    private static String text(String type) {
        Matcher limited = LIMITED.matcher(type);
        int length = limited.matches() ? Math.min(LONG, Integer.parseInt(limited.group(1))) : LONG;
        return "abcdefghij".repeat(LONG / 10).substring(0, length);
    }
}
