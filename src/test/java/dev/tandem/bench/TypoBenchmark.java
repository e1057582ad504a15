package dev.tandem.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.collection.Language;
import dev.tandem.domain.embedding.Metric;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.search.KeywordMatch;
import dev.tandem.domain.search.SearchText;
import dev.tandem.domain.search.SearchText.Leeway;
import dev.tandem.index.CandidateQuery;
import dev.tandem.index.EngineFixture;
import dev.tandem.index.Entries;
import dev.tandem.index.IndexEntry;
import dev.tandem.index.lucene.LuceneFixture;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What typos cost a keyword search, and what {@code fuzzy} gives back: the quality of what is found, and the time and the processor time of a
 * query, one after the other, without the service. The test collection is a folder in BEIR's form; its first 200 judged queries get one typo
 * each in one or two words of at least four letters, never in the first letter. The same seed makes the same typos.
 *
 * <p>By itself: {@code ./mvnw test-compile exec:java -Dexec.mainClass=dev.tandem.bench.TypoBenchmark -Dexec.classpathScope=test
 * -Dexec.args="scifact"}
 */
public final class TypoBenchmark {

    private static final int QUERIES = 200;
    private static final int DEPTH = 100;
    private static final int TOP = 10;
    private static final int ROUNDS = 3;
    private static final int SHORTEST_WORD = 4;
    private static final long SEED = 20;

    private static final Leeway FUZZY = new Leeway(true, false);
    private static final Leeway PREFIX = new Leeway(false, true);

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final EngineFixture engine;
    private final Collection collection = Entries.collection(Language.ENGLISH, Metric.COSINE, 2);
    private final Map<UUID, String> keys = new HashMap<>();
    private final List<Question> questions = new ArrayList<>();

    private record Question(String text, Set<String> relevant) {}

    private TypoBenchmark(EngineFixture engine) {
        this.engine = engine;
    }

    public static void main(String[] arguments) throws IOException {
        try (EngineFixture engine = LuceneFixture.in(Files.createTempDirectory("typos"))) {
            new TypoBenchmark(engine).run(Path.of(arguments[0]));
        }
    }

    private void run(Path data) throws IOException {
        load(data);
        List<Question> cut = questions.stream()
                .map(question -> new Question(cut(question.text()), question.relevant()))
                .toList();
        Random random = new Random(SEED);
        List<Question> misspelt = questions.stream()
                .map(question ->
                        new Question(misspelt(question.text(), 1 + random.nextInt(2), random), question.relevant()))
                .toList();
        List<Question> spoilt = questions.stream()
                .map(question ->
                        new Question(misspelt(question.text(), Integer.MAX_VALUE, random), question.relevant()))
                .toList();
        for (Leeway leeway : List.of(Leeway.NONE, FUZZY, PREFIX)) {
            ask(questions, leeway);
            ask(spoilt, leeway);
        }
        System.out.println("| queries | | nDCG@10 | Recall@100 | median | 95 of 100 | processor |");
        System.out.println("|---|---|---|---|---|---|---|");
        measure("as they are", "plain", questions, Leeway.NONE);
        measure("as they are", "fuzzy", questions, FUZZY);
        measure("misspelt", "plain", misspelt, Leeway.NONE);
        measure("misspelt", "fuzzy", misspelt, FUZZY);
        measure("every long word misspelt", "plain", spoilt, Leeway.NONE);
        measure("every long word misspelt", "fuzzy", spoilt, FUZZY);
        measure("without the end of the last word", "plain", cut, Leeway.NONE);
        measure("without the end of the last word", "prefix", cut, PREFIX);
    }

    private void load(Path data) throws IOException {
        List<IndexEntry> entries = new ArrayList<>();
        for (JsonObject document : lines(data.resolve("corpus.jsonl"))) {
            UUID id = UUID.randomUUID();
            keys.put(id, document.getString("_id"));
            entries.add(Entries.text(id, document.getString("title"), document.getString("text")));
        }
        engine.build(collection, entries.toArray(IndexEntry[]::new));
        Map<String, Set<String>> relevant = new HashMap<>();
        try (Stream<String> judgements = Files.lines(data.resolve("qrels.tsv"))) {
            judgements.skip(1).map(line -> line.split("\t", -1)).forEach(judgement -> {
                if (!judgement[2].equals("0")) {
                    relevant.computeIfAbsent(judgement[0], query -> new HashSet<>())
                            .add(judgement[1]);
                }
            });
        }
        lines(data.resolve("queries.jsonl")).stream()
                .filter(query -> relevant.containsKey(query.getString("_id")))
                .limit(QUERIES)
                .forEach(query ->
                        questions.add(new Question(query.getString("text"), relevant.get(query.getString("_id")))));
    }

    private static List<JsonObject> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank()).map(JsonObject::new).toList();
        }
    }

    private static String misspelt(String text, int typos, Random random) {
        String[] words = text.split(" ", -1);
        List<Integer> candidates = new ArrayList<>(IntStream.range(0, words.length)
                .filter(i ->
                        words[i].length() >= SHORTEST_WORD && words[i].chars().allMatch(Character::isLetter))
                .boxed()
                .toList());
        for (int i = 0; i < typos && !candidates.isEmpty(); i++) {
            int at = candidates.remove(random.nextInt(candidates.size()));
            words[at] = withTypo(words[at], random);
        }
        return String.join(" ", words);
    }

    private static String withTypo(String word, Random random) {
        int kind = random.nextInt(4);
        char letter = (char) ('a' + random.nextInt(26));
        int at = 1 + random.nextInt(word.length() - (kind == 0 ? 2 : 1));
        String begin = word.substring(0, at);
        return switch (kind) {
            case 0 -> begin + word.charAt(at + 1) + word.charAt(at) + word.substring(at + 2);
            case 1 -> begin + word.substring(at + 1);
            case 2 -> begin + letter + word.substring(at);
            default -> begin + letter + word.substring(at + 1);
        };
    }

    /** What somebody has typed who is in the middle of the last word. */
    private static String cut(String text) {
        String words = text.replaceAll("[^\\p{L}\\p{N}]+$", "");
        int last = words.lastIndexOf(' ') + 1;
        return words.substring(0, last + (words.length() - last + 1) / 2);
    }

    private record Asked(List<List<KeywordMatch>> found, List<Long> nanos) {}

    private Asked ask(List<Question> asked, Leeway leeway) {
        List<List<KeywordMatch>> found = new ArrayList<>();
        List<Long> nanos = new ArrayList<>();
        for (Question question : asked) {
            SearchText text = SearchText.plain(question.text()).with(leeway);
            CandidateQuery query = new CandidateQuery(text, null, List.of(), Filter.EVERYTHING, DEPTH);
            long start = System.nanoTime();
            found.add(EngineFixture.await(engine.of(collection).search(query)).byWords());
            nanos.add(System.nanoTime() - start);
        }
        return new Asked(found, nanos);
    }

    private void measure(String queries, String how, List<Question> asked, Leeway leeway) {
        List<Long> nanos = new ArrayList<>();
        long used = PROCESS.getProcessCpuTime();
        for (int round = 1; round < ROUNDS; round++) {
            nanos.addAll(ask(asked, leeway).nanos());
        }
        Asked last = ask(asked, leeway);
        nanos.addAll(last.nanos());
        long each = (PROCESS.getProcessCpuTime() - used) / nanos.size();
        nanos.sort(null);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.4f | %.4f | %.1f ms | %.1f ms | %.1f ms |%n",
                queries,
                how,
                mean(asked, last, this::gain),
                mean(asked, last, this::recall),
                nanos.get(nanos.size() / 2) / 1e6,
                nanos.get(nanos.size() * 95 / 100) / 1e6,
                each / 1e6);
    }

    private static double mean(
            List<Question> asked, Asked last, ToDoubleBiFunction<List<KeywordMatch>, Set<String>> measure) {
        return IntStream.range(0, asked.size())
                .mapToDouble(i ->
                        measure.applyAsDouble(last.found().get(i), asked.get(i).relevant()))
                .average()
                .orElse(0);
    }

    private double recall(List<KeywordMatch> found, Set<String> relevant) {
        return (double) found.stream()
                        .map(match -> keys.get(match.documentId()))
                        .filter(relevant::contains)
                        .count()
                / relevant.size();
    }

    /** The nDCG of the first ten. */
    private double gain(List<KeywordMatch> found, Set<String> relevant) {
        double gain = 0;
        double ideal = 0;
        for (int i = 0; i < TOP; i++) {
            double worth = 1 / Math.log(i + 2);
            boolean isRelevant =
                    i < found.size() && relevant.contains(keys.get(found.get(i).documentId()));
            gain += isRelevant ? worth : 0;
            ideal += i < relevant.size() ? worth : 0;
        }
        return gain / ideal;
    }
}
