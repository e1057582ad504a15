package dev.tandem.tool.model.types;

import java.util.List;
import java.util.Locale;

/** Values that are a text of a fixed form in JSON. */
public enum WrittenType implements FieldType {
    /** A day. */
    DATE(
            "LocalDate",
            "day",
            "A date such as 2024-02-29",
            "date",
            "\"2024-02-29\"",
            "day(%s)",
            List.of("\"2024-02-29\"", "\"0001-01-01\"", "\"9999-12-31\""),
            List.of("\"2023-02-29\"", "\"24-02-01\"", "\"2024-2-1\"", "\"2024-02-29T00:00:00Z\"", "\"\"")),
    /** A moment, to the microsecond. */
    INSTANT(
            "Instant",
            "instant",
            "A date with a time such as 2030-01-01T00:00:00Z",
            "date-time",
            "\"2030-01-01T00:00:00Z\"",
            "moment(%s)",
            List.of("\"2030-01-01T00:00:00.123456Z\"", "\"2024-02-29T23:30:00+02:00\"", "\"1969-12-31T23:59:59Z\""),
            List.of("\"2030-01-01\"", "\"2023-02-29T00:00:00Z\"", "\"2030-01-01T00:00:00\"", "\"\"")),
    /** An identifier of another system. */
    UUID(
            "UUID",
            "id",
            "A UUID",
            "uuid",
            "\"01a20669-cd09-715e-bbab-3600711aa0e0\"",
            "id(%s)",
            List.of("\"00000000-0000-0000-0000-000000000000\"", "\"ffffffff-ffff-ffff-ffff-ffffffffffff\""),
            List.of("\"1-1-1-1-1\"", "\"01a20669cd09715ebbab3600711aa0e0\"", "\"\"")),
    /** An absolute address of the web. */
    URI(
            "URI",
            "uri",
            "An address with http or https of up to 2000 characters, all of them ASCII",
            "uri",
            "\"https://example.org/page\"",
            "address(%s)",
            List.of("\"http://a\"", "\"https://example.org:8443/a%20b?c=d#e\"", "\"https://a/\" + \"b\".repeat(1990)"),
            List.of(
                    "\"example.org\"",
                    "\"ftp://example.org/\"",
                    "\"https://\"",
                    "\"https://a/ b\"",
                    "\"https://a/\\u00fc\"",
                    "\"https://a/\" + \"b\".repeat(1991)"));

    private final String type;
    private final String reader;
    private final String sentence;
    private final String format;
    private final String example;
    private final String sample;
    private final List<String> kept;
    private final List<String> broken;

    WrittenType(
            String type,
            String reader,
            String sentence,
            String format,
            String example,
            String sample,
            List<String> kept,
            List<String> broken) {
        this.type = type;
        this.reader = reader;
        this.sentence = sentence;
        this.format = format;
        this.example = example;
        this.sample = sample;
        this.kept = kept;
        this.broken = broken;
    }

    @Override
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String domain(Field field) {
        return type;
    }

    @Override
    public String row(Field field) {
        return this == URI ? "String" : type;
    }

    @Override
    public String view(Field field) {
        return this == URI || this == DATE ? "String" : type;
    }

    @Override
    public String column() {
        return this == URI ? "length = 2000" : "";
    }

    @Override
    public String read(Field field) {
        return "%1$s %2$s = draft.%2$s() == null ? null : Values.%3$s(draft.%2$s());"
                .formatted(type, field.name(), reader);
    }

    @Override
    public List<String> rules(Field field) {
        return List.of(DecimalType.parsed(field));
    }

    @Override
    public String toRow(Field field, String value) {
        return this == URI ? value + ".toString()" : value;
    }

    @Override
    public String toDomain(Field field, String value) {
        return this == URI ? "URI.create(" + value + ")" : value;
    }

    @Override
    public String toView(Field field, String value) {
        return view(field).equals("String") ? value + ".toString()" : value;
    }

    @Override
    public String toJson(Field field, String value) {
        return value + ".toString()";
    }

    @Override
    public String sentence(Field field) {
        return sentence;
    }

    @Override
    public String schema(Field field) {
        return "format = \"" + format + "\"";
    }

    @Override
    public String viewSchema(Field field) {
        return view(field).equals("String") ? schema(field) : "";
    }

    @Override
    public String example(Field field) {
        return example;
    }

    @Override
    public String sample(Field field) {
        return sample.formatted("number");
    }

    @Override
    public String other(Field field) {
        return sample.formatted("number + 1");
    }

    @Override
    public List<String> kept(Field field) {
        return kept;
    }

    @Override
    public List<Broken> broken(Field field) {
        return broken.stream()
                .map(literal -> new Broken(literal, "/" + field.name(), field.code()))
                .toList();
    }

    @Override
    public List<String> unreadable() {
        return List.of("1", "true", "List.of()");
    }
}
