package dev.tandem.service.facet;

import static dev.tandem.testing.Waiting.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.database.session.UnitOfWork;
import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.document.Document;
import dev.tandem.domain.document.Document.Body;
import dev.tandem.domain.document.Document.Identity;
import dev.tandem.domain.document.Document.Text;
import dev.tandem.domain.document.Versioning;
import dev.tandem.domain.embedding.EmbeddedVersions;
import dev.tandem.domain.facet.Calendar;
import dev.tandem.domain.facet.Facet;
import dev.tandem.domain.facet.FacetCounts;
import dev.tandem.domain.facet.FacetCounts.Basis;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.facet.Measure;
import dev.tandem.domain.facet.Measure.Kind;
import dev.tandem.domain.facet.Measure.Range;
import dev.tandem.domain.facet.Ruler;
import dev.tandem.domain.metadata.Comparison;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.metadata.Metadata;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.search.SearchResult;
import dev.tandem.factory.metadata.FacetDraft;
import dev.tandem.factory.search.SearchDraft;
import dev.tandem.repository.DocumentRepository;
import dev.tandem.service.facet.FacetCounting.Counted;
import dev.tandem.service.search.SearchService;
import dev.tandem.testing.CollectionSamples;
import dev.tandem.testing.DateSamples;
import dev.tandem.testing.DocumentSamples;
import dev.tandem.testing.FilterSamples;
import dev.tandem.testing.MetadataSamples;
import dev.tandem.testing.Thorough;
import dev.tandem.testing.World;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Facets of rows, and of what the index finds, against brute force. */
@QuarkusTest
class FacetsComponentTest {

    private static final int DOCUMENTS = 10_000;
    private static final int BATCH = 1_000;
    private static final int FILTERS = 8;
    private static final int FOUND = 200;

    private static final List<String> PATHS = List.of("v", "w", "list", "a", "b", "a.b", "b.c", "none", "objects.n");
    private static final List<String> ZONES =
            List.of("Z", "+05:45", "Europe/Berlin", "America/Havana", "Pacific/Apia", "Australia/Lord_Howe");

    private static final List<String> WIDTHS = List.of("0.05", "0.1", "0.3", "7", "1E+300");
    private static final List<String> OFFSETS = List.of("0", "0.05", "-1234.5", "1E+10", "-1E-300");

    /** So wide that all numbers of the samples are in a few hundred intervals. */
    private static final List<String> HUGE_WIDTHS = List.of("1E+306", "3.7E+306", "1E+308");

    @Inject
    UnitOfWork unitOfWork;

    @Inject
    DocumentRepository documents;

    @Inject
    FacetCounting counting;

    @Inject
    SearchService searches;

    @Inject
    World world;

    private final Random random = new Random(21);
    private final DocumentSamples samples = new DocumentSamples(random);
    private final MetadataSamples metadata = new MetadataSamples(random);
    private final DateSamples dates = new DateSamples(random);

    @Thorough
    @Test
    void rowsCountAsBruteForceDoes() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        List<Document> all = added(owner);
        FilterSamples filters = FilterSamples.on(random, all.subList(0, 20));
        FacetOracle oracle = new FacetOracle(all);
        for (int i = 0; i < FILTERS; i++) {
            Filter filter = i == 0 ? Filter.EVERYTHING : filters.next();
            List<Facet> facets = facets(filter, i);
            FacetCounts counts = get(counting.count(
                    owner.id(), new FacetQuery(filter, facets), new Counted(Map.of(), Basis.FILTER, true)));
            assertThat(counts.documents()).as("%s", filter).isEqualTo(oracle.documents(facets.getFirst()));
            for (Facet facet : facets) {
                assertThat(FacetOracle.written(counts.facets().get(facet.name()), facet))
                        .as("%s", facet)
                        .isEqualTo(oracle.count(facet));
            }
        }
        world.delete(owner);
    }

    @Test
    void partsOfACalendarBeginWhereTheirNamesDo() {
        for (Calendar calendar : calendars()) {
            for (int i = 0; i < 50; i++) {
                Instant first = Instant.ofEpochSecond(random.nextLong(3_000_000_000L));
                var beginnings = calendar.beginnings(first, first.plusSeconds(90_000_000), 100);
                assertThat(beginnings.getFirst().toInstant()).isBeforeOrEqualTo(first);
                for (int j = 1; j < beginnings.size(); j++) {
                    var begin = beginnings.get(j);
                    assertThat(begin.toInstant()).isAfter(beginnings.get(j - 1).toInstant());
                    assertThat(FacetOracle.name(begin.minusNanos(1), calendar))
                            .as("before %s by %s", begin, calendar)
                            .isNotEqualTo(FacetOracle.name(begin, calendar))
                            .isEqualTo(FacetOracle.name(beginnings.get(j - 1), calendar));
                }
            }
        }
    }

    @Test
    void datesTooFarApartAreRefused() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        world.put(owner, "a", "x", Map.of("d/d", "0001-01-01T00:00:00Z"), null);
        world.put(owner, "b", "x", Map.of("d/d", List.of("9999-12-31T23:59:59Z")), null);
        FieldPath field = FieldPath.parse("d/d");
        Facet years = new Facet("d/d", field, histogram(Calendar.Step.YEAR, "Z"), Filter.EVERYTHING);
        assertThatThrownBy(() -> get(counting.count(
                        owner.id(),
                        new FacetQuery(Filter.EVERYTHING, List.of(years)),
                        new Counted(Map.of(), Basis.FILTER, true))))
                .isInstanceOfSatisfying(Refusal.Rejected.class, refusal -> assertThat(
                                refusal.violations().getFirst().pointer())
                        .isEqualTo("/facets/d~1d/histogram"));
        world.delete(owner);
    }

    @Test
    void numbersTooFarApartAreRefused() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        world.put(owner, "a", "x", Map.of("n", 0, "huge", List.of(-1e300, 1e300, 1e-300)), null);
        world.put(owner, "b", "x", Map.of("n", List.of(1999.9)), null);
        FieldPath n = FieldPath.parse("n");
        assertThat(counted(owner, new Facet("n", n, intervals("1", "0"), Filter.EVERYTHING)))
                .isEqualTo(Map.of("missing", 0L, "intervals", List.of("0: 1", "1999: 1")));
        FieldPath huge = FieldPath.parse("huge");
        assertThat(counted(owner, new Facet("n", huge, intervals("1E+298", "5E+297"), Filter.EVERYTHING)))
                .isEqualTo(Map.of("missing", 1L, "intervals", List.of("-1.005E+300: 1", "-5E+297: 1", "9.95E+299: 1")));
        for (Facet facet : List.of(
                new Facet("n", n, intervals("1", "0.5"), Filter.EVERYTHING),
                new Facet("n", huge, intervals("4.9E-324", "1.7E+308"), Filter.EVERYTHING))) {
            assertThatThrownBy(() -> counted(owner, facet))
                    .isInstanceOfSatisfying(Refusal.Rejected.class, refusal -> assertThat(
                                    refusal.violations().getFirst().pointer())
                            .isEqualTo("/facets/n/interval"));
        }
        world.delete(owner);
    }

    private Object counted(Collection owner, Facet facet) {
        FacetCounts counts = get(counting.count(
                owner.id(),
                new FacetQuery(Filter.EVERYTHING, List.of(facet)),
                new Counted(Map.of(), Basis.FILTER, true)));
        return FacetOracle.written(counts.facets().get(facet.name()), facet);
    }

    /** The words are in the index, and the values in the rows. */
    @Test
    void searchesCountWhatHasTheirWords() {
        Collection owner = world.collection(CollectionSamples.ownVectors(2));
        Map<Boolean, List<Document>> byWord = new HashMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
        for (int i = 0; i < FOUND; i++) {
            boolean isTea = random.nextInt(3) > 0;
            Map<String, @Nullable Object> values = values();
            // Not every name that the rows could have is one that a client may send.
            values.keySet().retainAll(List.of("v", "w", "list", "d"));
            String content = isTea ? "green tea" : "green coffee";
            Document put = world.put(owner, "k" + i, content, values, new float[] {1, random.nextInt(3)});
            byWord.get(isTea).add(put);
        }
        world.settle(owner);
        List<Document> all = new ArrayList<>(byWord.get(true));
        all.addAll(byWord.get(false));
        FieldPath w = FieldPath.parse("w");
        Filter small = new Filter.Compare(w, Comparison.LESS, 3L);
        record Case(String query, String mode, List<Document> among, Basis basis) {}
        for (Case one : List.of(
                new Case("tea", "keyword", byWord.get(true), Basis.WORDS),
                new Case("coffee matcha", "keyword", byWord.get(false), Basis.WORDS),
                new Case("green", "keyword", all, Basis.WORDS),
                new Case("chai", "keyword", List.of(), Basis.WORDS),
                new Case("...", "keyword", List.of(), Basis.WORDS),
                new Case("tea", "hybrid", all, Basis.FILTER),
                new Case("tea", "vector", all, Basis.FILTER),
                new Case("green -tea", "vector", byWord.get(false), Basis.WORDS),
                new Case("+tea +\"...\"", "hybrid", byWord.get(true), Basis.WORDS),
                new Case("chai +\"...\"", "hybrid", all, Basis.FILTER))) {
            SearchResult result = get(searches.search(owner.name(), Scope.EVERYTHING, draft(one.query(), one.mode())));
            FacetCounts counts = result.facets();
            FacetOracle oracle = new FacetOracle(one.among());
            Facet listed = new Facet("list", FieldPath.parse("list"), new Measure.Top(7, null), small);
            Facet own = new Facet("w", w, new Measure.Top(10, null), Filter.EVERYTHING);
            Facet stats = new Facet("n", w, new Measure.Stats(), small);
            assertThat(counts.basis()).as("%s", one.query()).isEqualTo(one.basis());
            assertThat(counts.isExact()).isTrue();
            assertThat(counts.documents()).as("%s", one.query()).isEqualTo(oracle.documents(listed));
            for (Facet facet : List.of(listed, own, stats)) {
                assertThat(FacetOracle.written(counts.facets().get(facet.name()), facet))
                        .as("%s %s", one, facet)
                        .isEqualTo(oracle.count(facet));
            }
        }
        world.delete(owner);
    }

    private static SearchDraft draft(String query, String mode) {
        Map<String, @Nullable FacetDraft> facets = Map.of(
                "list", new FacetDraft(null, 7, null, null, null, null, null, null, null, null),
                "w", new FacetDraft(null, 10, null, null, null, null, null, null, null, true),
                "n", new FacetDraft("w", null, null, null, null, null, null, null, true, null));
        return new SearchDraft(
                query,
                "simple",
                null,
                null,
                mode.equals("keyword") ? null : new float[] {1, 0},
                mode,
                Map.of("w", Map.of("$lt", 3)),
                2,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                facets,
                null,
                0);
    }

    private List<Facet> facets(Filter filter, int round) {
        List<Facet> facets = new ArrayList<>();
        for (String path : PATHS) {
            FieldPath field = FieldPath.parse(path);
            facets.add(new Facet(path, field, measure(), filter));
        }
        facets.add(new Facet("stats", FieldPath.parse(PATHS.get(round % 3)), new Measure.Stats(), filter));
        facets.add(new Facet(
                "decimals", FieldPath.parse("x"), intervals(WIDTHS, () -> OFFSETS.get(random.nextInt(5))), filter));
        facets.add(new Facet("any", FieldPath.parse("v"), intervals(HUGE_WIDTHS, metadata::number), filter));
        facets.add(new Facet("days", FieldPath.parse("d"), histogram(), filter));
        facets.add(new Facet(
                "dates", FieldPath.parse(round % 2 == 0 ? "d" : "v"), ranges(Kind.DATE, this::instant), filter));
        for (DocumentField own : DocumentField.values()) {
            facets.add(new Facet("$" + own, own, measure(own), filter));
        }
        return facets;
    }

    private Measure measure() {
        return switch (random.nextInt(6)) {
            case 0 -> new Measure.Stats();
            case 1 -> ranges(Kind.NUMBER, metadata::number);
            case 2 -> ranges(Kind.TEXT, metadata::text);
            case 3 -> new Measure.Top(1 + random.nextInt(20), prefix());
            default -> new Measure.Top(1 + random.nextInt(random.nextBoolean() ? 5 : 1_000), null);
        };
    }

    private Measure measure(FilterField field) {
        return switch (((DocumentField) field).type()) {
            case TEXT -> random.nextBoolean() ? new Measure.Top(20, prefix()) : ranges(Kind.TEXT, metadata::text);
            case NUMBER ->
                switch (random.nextInt(3)) {
                    case 0 -> new Measure.Stats();
                    case 1 -> intervals(WIDTHS, metadata::number);
                    default -> ranges(Kind.NUMBER, () -> random.nextInt(3));
                };
            case DATE -> random.nextBoolean() ? histogram() : ranges(Kind.DATE, samples::instant);
        };
    }

    private @Nullable String prefix() {
        String prefix = metadata.text();
        return prefix.isEmpty() ? null : prefix;
    }

    private Measure ranges(Kind kind, Supplier<Object> end) {
        List<Range> ranges = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            ranges.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Range(end.get(), null);
                        case 1 -> new Range(null, end.get());
                        default -> new Range(end.get(), end.get());
                    });
        }
        return new Measure.Ranges(kind, ranges);
    }

    private Measure intervals(List<String> widths, Supplier<Object> offset) {
        return intervals(widths.get(random.nextInt(widths.size())), offset.get().toString());
    }

    private static Measure intervals(String width, String offset) {
        return new Measure.Intervals(new Ruler(new BigDecimal(width), new BigDecimal(offset)));
    }

    private Instant instant() {
        return random.nextBoolean() ? dates.date() : date();
    }

    private Measure histogram() {
        Calendar.Step[] steps = Calendar.Step.values();
        return histogram(steps[random.nextInt(steps.length - 1)], ZONES.get(random.nextInt(ZONES.size())));
    }

    private static Measure histogram(Calendar.Step step, String zone) {
        return new Measure.Histogram(new Calendar(step, ZoneId.of(zone)));
    }

    private static List<Calendar> calendars() {
        List<Calendar> calendars = new ArrayList<>();
        for (Calendar.Step step : Calendar.Step.values()) {
            for (String zone : ZONES) {
                // An hour of Lord Howe Island has 30 minutes once a year.
                if (step != Calendar.Step.HOUR || !zone.startsWith("Australia")) {
                    calendars.add(new Calendar(step, ZoneId.of(zone)));
                }
            }
        }
        return calendars;
    }

    /** Within four years, to the second. */
    private Instant date() {
        return Instant.parse("2020-01-01T00:00:00Z").plusSeconds(random.nextInt(126_000_000));
    }

    private List<Document> added(Collection owner) {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < DOCUMENTS; i++) {
            Instant created = samples.instant();
            var id = samples.id();
            String title = random.nextInt(4) == 0 ? null : random.nextInt(50) == 0 ? "x".repeat(300) : metadata.text();
            all.add(new Document(
                    new Identity(id, owner.id(), metadata.text() + id, created),
                    new Body(Text.of(title, null), new Metadata(values()), null),
                    new Versioning(1 + random.nextInt(3), 1, new EmbeddedVersions(null, null), created, null)));
        }
        for (int begin = 0; begin < DOCUMENTS; begin += BATCH) {
            List<Document> batch = all.subList(begin, Math.min(DOCUMENTS, begin + BATCH));
            get(unitOfWork.write(() -> documents.addAll(batch)));
        }
        return all;
    }

    private Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new HashMap<>(metadata.next().values());
        if (random.nextInt(10) > 0) {
            values.put("v", random.nextInt(20) == 0 ? "x😀".repeat(random.nextInt(254, 257)) : metadata.scalar());
        }
        if (random.nextInt(4) > 0) {
            values.put("w", random.nextInt(5) == 0 ? random.nextInt(6) + ".0" : (Object) random.nextInt(6));
        }
        if (random.nextInt(4) > 0) {
            double tenths = random.nextInt(-400, 400) / 10.0;
            values.put("x", random.nextBoolean() ? tenths : List.of(tenths, Math.nextDown(tenths), tenths + "", 7));
        }
        if (random.nextInt(4) > 0) {
            List<@Nullable Object> list = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                list.add(random.nextInt(6) == 0 ? List.of(7) : metadata.scalar());
            }
            values.put("list", list);
            values.put("objects", List.of(Map.of("n", random.nextInt(3)), Map.of("n", List.of(1, 1.0, "1")), 5));
        }
        if (random.nextInt(4) > 0) {
            String date = date().atOffset(ZoneOffset.ofHours(random.nextInt(5))).toString();
            values.put("d", date.length() < 20 ? "2021-01-01" : random.nextBoolean() ? date : List.of(date, "x"));
        }
        return values;
    }
}
