package dev.tandem.tool.migration.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What PostgreSQL's catalogue contains about a schema, as sorted lines of text: tables, columns, constraints, indexes, sequences, types,
 * functions, triggers, views, extensions. Two schemas are equal exactly if their lines are. The order of columns and Flyway's own table do
 * not count.
 *
 * <p>It shares no code with the comparison that makes the scripts, so it can judge them.
 */
public record CatalogFingerprint(List<String> lines) {

    private static final String QUERY = query();

    public static CatalogFingerprint of(ScratchDatabase database) {
        try (Session session = database.open()) {
            return of(session);
        }
    }

    /** For a database that the tool did not create. */
    public static CatalogFingerprint of(Server server) {
        try (Session session = new Session(server.url(), server.connect())) {
            return of(session);
        }
    }

    private static CatalogFingerprint of(Session session) {
        return new CatalogFingerprint(
                session.rows(QUERY).stream().map(row -> row.get(0)).sorted().toList());
    }

    /** SHA-256 of the lines, its first 16 hexadecimal digits. */
    public String hash() {
        try {
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
            return HexFormat.of().formatHex(digest).substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What only this one has, marked {@code -}, and what only the other one has, marked {@code +}; empty if they are equal. */
    public List<String> differences(CatalogFingerprint other) {
        TreeSet<String> here = new TreeSet<>(lines);
        TreeSet<String> there = new TreeSet<>(other.lines);
        return Stream.concat(
                        here.stream().filter(line -> !there.contains(line)).map(line -> "- " + line),
                        there.stream().filter(line -> !here.contains(line)).map(line -> "+ " + line))
                .toList();
    }

    private static String query() {
        try (InputStream sql = CatalogFingerprint.class.getResourceAsStream("fingerprint.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
