package dev.tandem.bench.peers;

import dev.tandem.bench.peers.Turns.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keyword and hybrid search beside OpenSearch: {@code bench/compare words}. Both get the same texts and vectors, and the same questions by the same
 * client, in turns, so that what slows the machine slows both. It prints a table: how long loading took until all was found, in how many of the ten hits
 * of a question the engines agree, requests a second with their 50th and 99th percentile, each the median of the turns, and the percentiles when
 * half as many requests arrive by chance.
 *
 * <p>The arguments are how many texts there are, of 100 words each and with a vector of 384 numbers, and how many turns of how many seconds.
 */
final class WordsBenchmark {

    private static final int CONNECTIONS = 8;
    private static final int DIMENSIONS = 384;
    private static final long SEED = 20_261_129;

    private final Words words;
    private final Turns turns;

    private WordsBenchmark(Words words, Turns turns) {
        this.words = words;
        this.turns = turns;
    }

    public static void main(String[] arguments) throws Exception {
        int count = VectorBenchmark.argument(arguments, 0, 100_000);
        Turns turns = new Turns(
                CONNECTIONS, VectorBenchmark.argument(arguments, 1, 3), VectorBenchmark.argument(arguments, 2, 15));
        Words words = Words.of(count, DIMENSIONS, SEED);
        Path folder = Files.createTempDirectory("tandem-bench");
        try (Peer.OfWords tandem = TandemPeer.start(folder);
                Peer.OfWords other = OpenSearchPeer.start()) {
            System.out.printf("%,d texts of 100 words, %d connections%n%n", count, CONNECTIONS);
            new WordsBenchmark(words, turns).run(List.of(tandem, other));
        }
    }

    /** A question to an engine, by its number. */
    @FunctionalInterface
    private interface Search {

        List<Integer> hits(Peer.OfWords peer, int number) throws Exception;
    }

    private void run(List<Peer.OfWords> peers) throws Exception {
        Table.head(peers);
        List<String> loaded = new ArrayList<>();
        for (Peer.OfWords peer : peers) {
            long begin = System.nanoTime();
            peer.load(words);
            loaded.add(Table.format("%.0f s", (System.nanoTime() - begin) / 1e9));
        }
        Table.row("loaded and found", loaded);
        compare("keywords", peers, (peer, number) -> peer.matching(question(number)));
        compare("hybrid", peers, (peer, number) -> peer.matching(question(number), vector(number)));
    }

    private String question(int number) {
        return words.questions().get(number % words.questions().size());
    }

    private float[] vector(int number) {
        return words.vectors().queries()[number % words.vectors().queries().length];
    }

    private void compare(String what, List<Peer.OfWords> peers, Search search) throws Exception {
        List<String> shared = new ArrayList<>();
        for (Peer.OfWords peer : peers) {
            shared.add(Table.format("%.2f", shared(peers.get(0), peer, search)));
        }
        Table.row(what + ": hits that are also Tandem's", shared);
        List<Turns.Question> questions = peers.stream()
                .map(peer -> (Turns.Question) number -> search.hits(peer, number))
                .toList();
        List<List<Turn>> measured = turns.measure(questions);
        Table.row(what + ": requests a second", Turns.medians(measured, "%.0f", Turn::rate));
        Table.row(what + ": p50", Turns.medians(measured, "%.1f ms", turn -> turn.percentile(50)));
        Table.row(what + ": p99", Turns.medians(measured, "%.1f ms", turn -> turn.percentile(99)));
        List<List<Turn>> half = new ArrayList<>();
        for (int peer = 0; peer < peers.size(); peer++) {
            double capacity = measured.get(peer).stream()
                    .mapToDouble(Turn::rate)
                    .sorted()
                    .skip(measured.get(peer).size() / 2)
                    .findFirst()
                    .orElseThrow();
            half.add(List.of(turns.open(questions.get(peer), capacity / 2)));
        }
        Table.row(what + ", half as many: p50", Turns.medians(half, "%.1f ms", turn -> turn.percentile(50)));
        Table.row(what + ", half as many: p99", Turns.medians(half, "%.1f ms", turn -> turn.percentile(99)));
    }

    private double shared(Peer.OfWords first, Peer.OfWords peer, Search search) throws Exception {
        int found = 0;
        int all = 0;
        for (int number = 0; number < words.questions().size(); number++) {
            List<Integer> expected = search.hits(first, number);
            found += (int) search.hits(peer, number).stream()
                    .filter(expected::contains)
                    .count();
            all += expected.size();
        }
        return found / (double) Math.max(1, all);
    }
}
