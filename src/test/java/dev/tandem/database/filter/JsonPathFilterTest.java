package dev.tandem.database.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.FilterSamples;
import dev.tandem.testing.MetadataSamples;
import dev.tandem.testing.Thorough;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With the jsonpath, PostgreSQL gives the same answer as the filter. */
class JsonPathFilterTest {

    private static final int ROWS = 500;
    private static final int FILTERS = 5_000;
    private static final long SEED = 20_260_101;
    private static final FieldPath A = FieldPath.parse("a");

    private static EmbeddedPostgres server;
    private static Connection connection;
    private static final List<Metadata> rows = new ArrayList<>();

    @BeforeAll
    static void keepRows() throws Exception {
        server = EmbeddedPostgres.builder().start();
        connection = server.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table sample (id int primary key, metadata jsonb not null)");
            statement.execute("create table large (id int primary key, metadata jsonb not null)");
        }
        MetadataSamples samples = new MetadataSamples(new Random(SEED));
        ObjectMapper json = new ObjectMapper();
        try (PreparedStatement insert =
                connection.prepareStatement("insert into sample values (?, cast(? as jsonb))")) {
            for (int id = 0; id < ROWS; id++) {
                rows.add(samples.next());
                insert.setInt(1, id);
                insert.setString(2, json.writeValueAsString(rows.get(id).values()));
                insert.addBatch();
            }
            insert.executeBatch();
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
        FilterSamples samples = FilterSamples.onMetadata(new Random(SEED + 1));
        int telling = 0;
        for (int i = 0; i < FILTERS; i++) {
            Filter filter = samples.next();
            List<Integer> expected = matching(filter);
            assertThat(selected(filter))
                    .as("%s%n%s", filter, JsonPathFilter.of(filter))
                    .isEqualTo(expected);
            telling += expected.isEmpty() || expected.size() == ROWS ? 0 : 1;
        }
        assertThat(telling).as("filters that tell some rows from others").isGreaterThan(FILTERS / 3);
    }

    @Test
    void agreesOnWhatEachRowReallyHas() throws SQLException {
        for (Metadata row : rows) {
            for (Map.Entry<String, Object> member : row.values().entrySet()) {
                FieldPath path = new FieldPath(List.of(member.getKey()));
                for (Object scalar : path.scalars(row)) {
                    Filter filter = new Filter.Equal(path, scalar);
                    assertThat(selected(filter)).as("%s", filter).isEqualTo(matching(filter));
                }
            }
        }
    }

    @Test
    void agreesOnTheLargestFiltersThereMayBe() throws SQLException {
        List<Object> texts =
                IntStream.range(0, 1_000).<Object>mapToObj(i -> "x" + i).toList();
        Filter values = new Filter.And(Collections.nCopies(10, new Filter.Not(new Filter.In(A, texts))));
        assertThat(selected(values)).isEqualTo(matching(values));

        Filter wide = new Filter.Or(IntStream.range(0, 256)
                .<Filter>mapToObj(i -> new Filter.Equal(A, i - 128L))
                .toList());
        assertThat(selected(wide)).isEqualTo(matching(wide)).isNotEmpty();

        Filter deep = new Filter.Equal(A, "x");
        for (int i = 0; i < 15; i++) {
            deep = new Filter.Not(new Filter.Or(List.of(deep, new Filter.Contains(A, "y"))));
        }
        assertThat(selected(deep)).isEqualTo(matching(deep)).isNotEmpty();
    }

    @Test
    void containsTakesTheLongestText() throws SQLException {
        String digits =
                IntStream.range(0, 1_024 / 4).mapToObj("%04d"::formatted).reduce("", String::concat);
        String allDifferent = new String(IntStream.range(0x4e00, 0x4e00 + 1_024).toArray(), 0, 1_024);
        for (String longest : List.of(digits, allDifferent)) {
            assertThat(contains("-" + longest + "-", longest)).isTrue();
            assertThat(contains(longest, longest + "-")).isFalse();
        }
    }

    @Test
    void usesTheIndexForAnEquality() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into large select i, jsonb_build_object('author',"
                            + " jsonb_build_object('name', 'n' || i), 'year', 1000 + i % 1000) from generate_series(1, 20000) i");
            statement.execute("create index ix_large_metadata on large using gin (metadata jsonb_path_ops)");
            statement.execute("analyze large");
        }
        Filter name = new Filter.Equal(FieldPath.parse("author.name"), "n77");
        Filter year = new Filter.Equal(FieldPath.parse("year"), 1077L);
        Filter years = new Filter.In(FieldPath.parse("year"), List.of(1077L, 1078L));
        Filter not = new Filter.Not(new Filter.Exists(A));
        for (Filter filter : List.of(name, year, years, new Filter.And(List.of(name, not)))) {
            assertThat(plan(filter)).as("%s", filter).contains("ix_large_metadata");
        }
        assertThat(plan(not)).doesNotContain("ix_large_metadata");
    }

    private static List<Integer> matching(Filter filter) {
        return IntStream.range(0, ROWS)
                .filter(id -> filter.matches(DocumentSamples.of(rows.get(id))))
                .boxed()
                .toList();
    }

    private static List<Integer> selected(Filter filter) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select id from sample where metadata @@ cast(? as jsonpath) order by id")) {
            query.setString(1, JsonPathFilter.of(filter));
            ResultSet found = query.executeQuery();
            List<Integer> ids = new ArrayList<>();
            while (found.next()) {
                ids.add(found.getInt(1));
            }
            return ids;
        }
    }

    private static boolean contains(String text, String part) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select jsonb_build_object('a', cast(? as text)) @@ cast(? as jsonpath)")) {
            query.setString(1, text);
            query.setString(2, JsonPathFilter.of(new Filter.Contains(A, part)));
            ResultSet answer = query.executeQuery();
            answer.next();
            return answer.getBoolean(1);
        }
    }

    private static String plan(Filter filter) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("explain select id from large where metadata @@ cast(? as jsonpath)")) {
            query.setString(1, JsonPathFilter.of(filter));
            ResultSet lines = query.executeQuery();
            Stream.Builder<String> plan = Stream.builder();
            while (lines.next()) {
                plan.add(lines.getString(1));
            }
            return String.join("\n", plan.build().toList());
        }
    }
}
