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

    private static final int DIMENSIONS = 384;
    private static final long SEED = 20_261_129;

    private final List<Peer.OfWords> peers;
    private final Words words;
    private final Turns turns;

    private WordsBenchmark(List<Peer.OfWords> peers, Words words, Turns turns) {
        this.peers = peers;
        this.words = words;
        this.turns = turns;
    }

    public static void main(String[] arguments) throws Exception {
        int count = Turns.number(arguments, 0, 100_000);
        Words words = Words.of(count, DIMENSIONS, SEED);
        Path folder = Files.createTempDirectory("tandem-bench");
        try (Peer.OfWords tandem = TandemPeer.start(folder);
                Peer.OfWords other = OpenSearchPeer.start()) {
            System.out.printf("%,d texts of 100 words, %d connections%n%n", count, Turns.CONNECTIONS);
            new WordsBenchmark(List.of(tandem, other), words, Turns.of(arguments, 1)).run();
        }
    }

    /** A question to an engine, by its number. */
    @FunctionalInterface
    private interface Search {

        List<Integer> hits(Peer.OfWords peer, int number) throws Exception;
    }

    private void run() throws Exception {
        Table<Peer.OfWords> table = new Table<>(peers);
        table.loading(peer -> peer.load(words));
        List<String> questions = words.questions();
        float[][] vectors = words.vectors().queries();
        compare(table, ", keywords", (peer, number) -> peer.matching(questions.get(number % questions.size())));
        compare(
                table,
                ", hybrid",
                (peer, number) ->
                        peer.matching(questions.get(number % questions.size()), vectors[number % vectors.length]));
    }

    private void compare(Table<Peer.OfWords> table, String suffix, Search search) throws Exception {
        table.row("hits that are also Tandem's" + suffix, "%.2f", peer -> shared(peers.getFirst(), peer, search));
        List<Turns.Question> questions = peers.stream()
                .map(peer -> (Turns.Question) number -> search.hits(peer, number))
                .toList();
        List<List<Turn>> measured = turns.measure(questions);
        table.rates(suffix, measured);
        table.times(suffix, measured);
        List<List<Turn>> half = new ArrayList<>();
        for (int peer = 0; peer < peers.size(); peer++) {
            double capacity = Turns.median(measured.get(peer), Turn::rate);
            half.add(List.of(turns.open(questions.get(peer), capacity / 2)));
        }
        table.times(suffix + ", half as many", half);
    }

    private double shared(Peer.OfWords first, Peer.OfWords peer, Search search) throws Exception {
        long found = 0;
        int all = 0;
        for (int number = 0; number < words.questions().size(); number++) {
            List<Integer> expected = search.hits(first, number);
            found += search.hits(peer, number).stream()
                    .filter(expected::contains)
                    .count();
            all += expected.size();
        }
        return found / (double) Math.max(1, all);
    }
}
