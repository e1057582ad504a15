package dev.tandem.database.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.metadata.geo.GeoCircle;
import dev.tandem.domain.metadata.geo.GeoPoint;
import dev.tandem.testing.DateSamples;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.FilterSamples;
import dev.tandem.testing.GeoSamples;
import dev.tandem.testing.Thorough;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PostgreSQL, asked by the condition, answers as the filter does: about documents' own fields and dates, too. */
class FilterConditionTest {

    private static final int ROWS = 300;
    private static final int FILTERS = 3_000;
    private static final long SEED = 20_260_102;
    private static final FieldPath A = FieldPath.parse("a");
    private static final Pattern PARAMETER = Pattern.compile(":(filter[0-9]+)");
    private static final Pattern NUMBER = Pattern.compile("[$][0-9]+");

    private static final List<Document> rows = new ArrayList<>();
    private static EmbeddedPostgres server;
    private static Connection connection;

    @BeforeAll
    static void keepRows() throws Exception {
        server = EmbeddedPostgres.builder().start();
        connection = server.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'Asia/Kolkata'");
            statement.execute("""
                    create table document (id uuid primary key, key varchar(256) collate "C" not null unique, title text,
                        version bigint not null, created_at timestamptz not null, updated_at timestamptz not null,
                        metadata jsonb not null)
                    """);
        }
        DocumentSamples samples = new DocumentSamples(new Random(SEED));
        for (int row = 0; row < ROWS; row++) {
            keep(samples.next(UUID.randomUUID()));
        }
        Stream.concat(DateSamples.SAME.stream().flatMap(List::stream), DateSamples.NOT_DATES.stream())
                .map(text -> samples.next(UUID.randomUUID(), new Metadata(Map.of("a", List.of(text, List.of(text))))))
                .forEach(FilterConditionTest::keep);
    }

    private static void keep(Document document) {
        rows.add(document);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into document values (?, ?, ?, ?, cast(? as timestamptz), cast(? as timestamptz), cast(? as jsonb))")) {
            insert.setObject(1, document.id());
            insert.setString(2, document.key());
            insert.setString(3, document.title());
            insert.setLong(4, document.version());
            insert.setString(5, document.createdAt().toString());
            insert.setString(6, document.updatedAt().toString());
            insert.setString(
                    7, new ObjectMapper().writeValueAsString(document.metadata().values()));
            insert.execute();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        connection.close();
        server.close();
    }

    @Thorough
    @Test
    void agreesWithTheOracleOnEveryRow() throws SQLException {
        FilterSamples samples = FilterSamples.on(new Random(SEED + 1), rows);
        int telling = 0;
        for (int i = 0; i < FILTERS; i++) {
            telling += assertAgreement(samples.next());
        }
        assertThat(telling).as("filters that tell some rows from others").isGreaterThan(FILTERS / 3);
    }

    @Test
    void agreesAboutEveryDate() throws SQLException {
        for (int group = 0; group < DateSamples.SAME.size(); group++) {
            Instant date = DateSamples.date(group);
            assertAgreement(new Filter.Equal(A, date));
            assertAgreement(new Filter.Not(new Filter.In(A, List.of(date, 1L, "x"))));
            for (Comparison comparison : Comparison.values()) {
                assertAgreement(new Filter.Compare(A, comparison, date));
                assertAgreement(new Filter.Compare(DocumentField.CREATED_AT, comparison, date));
            }
        }
    }

    /** Also what is nearly one, at the poles, where the map ends, and where a circle ends. */
    @Test
    void agreesAboutEveryPlace() throws SQLException {
        GeoSamples places = new GeoSamples(new Random(SEED + 2));
        DocumentSamples samples = new DocumentSamples(new Random(SEED + 3));
        List<Document> before = List.copyOf(rows);
        rows.clear();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("delete from document");
            for (int i = 0; i < ROWS; i++) {
                Object one = i % 4 == 0 ? List.of(places.object(), places.object()) : places.object();
                keep(samples.next(UUID.randomUUID(), new Metadata(Map.of("a", one))));
            }
            int telling = 0;
            for (int i = 0; i < 500; i++) {
                Filter filter = i % 5 == 0 ? new Filter.InBox(A, places.box()) : new Filter.Near(A, places.circle());
                telling += assertAgreement(i % 7 == 0 ? new Filter.Not(filter) : filter);
            }
            assertThat(telling).as("filters that tell some rows from others").isGreaterThan(400);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            rows.clear();
            rows.addAll(before);
        }
    }

    /** No such number comes through the API, but a condition on one must not fail. */
    @Test
    void noNumberIsTooSmallOrTooLong() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into document select gen_random_uuid(), 'odd' || i, null, 1, now(), now(),"
                    + " jsonb_build_object('odd', jsonb_build_object('lat', n, 'lon', -n))"
                    + " from unnest(array[1e-10000, 1e-309, 1e-30, 1e-29, 89." + "9".repeat(900)
                    + "]) with ordinality as odd (n, i)");
            for (double radius : new double[] {0, 1, 1e9}) {
                Filter near = new Filter.Near(FieldPath.parse("odd"), new GeoCircle(new GeoPoint(0, 0), radius));
                assertThat(selected(FilterCondition.of(near))).hasSize(radius == 0 ? 2 : radius == 1 ? 4 : 5);
            }
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void readsAKeyAndAnIdByTheirIndexes() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into document select gen_random_uuid(), 'k' || i, null, 1, now(), now(), '{}'"
                    + " from generate_series(1, 20000) i");
            statement.execute("analyze document");
            assertThat(plan(new Filter.Equal(DocumentField.KEY, "k77"))).contains("document_key_key");
            assertThat(plan(new Filter.In(DocumentField.KEY, List.of("k77", "k78"))))
                    .contains("document_key_key");
            assertThat(plan(new Filter.Equal(
                            DocumentField.ID, rows.getFirst().id().toString())))
                    .contains("document_pkey");
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** One if the filter tells some rows from others, or else zero. */
    private static int assertAgreement(Filter filter) throws SQLException {
        List<UUID> expected =
                rows.stream().filter(filter::matches).map(Document::id).sorted().toList();
        SqlCondition condition = FilterCondition.of(filter);
        assertThat(selected(condition)).as("%s%n%s", filter, condition.sql()).isEqualTo(expected);
        return expected.isEmpty() || expected.size() == rows.size() ? 0 : 1;
    }

    private static List<UUID> selected(SqlCondition condition) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        try (PreparedStatement query = statement("select id from document where ", condition)) {
            ResultSet found = query.executeQuery();
            while (found.next()) {
                ids.add(found.getObject(1, UUID.class));
            }
        }
        return ids.stream().sorted().toList();
    }

    private static String plan(Filter filter) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement query =
                statement("explain select id from document where ", FilterCondition.of(filter))) {
            ResultSet lines = query.executeQuery();
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static PreparedStatement statement(String select, SqlCondition condition) throws SQLException {
        assertThat(withoutNames(PARAMETER, condition.sql())).isEqualTo(withoutNames(NUMBER, condition.sql(1)));
        Matcher parameter = PARAMETER.matcher(condition.sql());
        List<Object> values = new ArrayList<>();
        String sql = parameter.replaceAll(found -> {
            values.add(condition.parameters().get(found.group(1)));
            return "?";
        });
        assertThat(values).isEqualTo(condition.values());
        PreparedStatement statement = connection.prepareStatement(select + sql);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    private static String withoutNames(Pattern parameter, String sql) {
        return parameter.matcher(sql).replaceAll("?");
    }

    @Test
    void numbersItsParametersInOrder() {
        SqlCondition condition = FilterCondition.of(new Filter.And(List.of(
                new Filter.Contains(DocumentField.TITLE, "a"),
                new Filter.Equal(A, 1L),
                new Filter.StartsWith(DocumentField.KEY, "b"))));
        assertThat(NUMBER.matcher(condition.sql(7)).results().map(MatchResult::group))
                .containsExactly("$7", "$8", "$9");
        assertThat(condition.values()).containsExactly("($.\"a\" == 1)", "a", "b");
    }
}
