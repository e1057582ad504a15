package dev.tandem.bench.peers;

import dev.tandem.bench.peers.Turns.Turn;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Vector search beside Chroma: {@code bench/compare}. Both get the same vectors and the same questions by the same client, in turns, so that what
 * slows the machine slows both. It prints a table: how long loading took until all was found, recall against an exact search, and requests a
 * second with their 50th and 99th percentile, each the median of the turns.
 *
 * <p>The arguments are how many vectors there are, of how many dimensions, and how many turns of how many seconds. In the environment, {@code
 * CHROMA_URL} names a server that runs already.
 */
final class VectorBenchmark {

    private static final int CONNECTIONS = 8;
    private static final long SEED = 20_261_128;

    private final Vectors vectors;
    private final Turns turns;

    private VectorBenchmark(Vectors vectors, Turns turns) {
        this.vectors = vectors;
        this.turns = turns;
    }

    public static void main(String[] arguments) throws Exception {
        int count = argument(arguments, 0, 100_000);
        int dimensions = argument(arguments, 1, 384);
        Vectors vectors = Vectors.of(count, dimensions, SEED);
        Turns turns = new Turns(CONNECTIONS, argument(arguments, 2, 3), argument(arguments, 3, 15));
        Path folder = Files.createTempDirectory("tandem-bench");
        String chroma = System.getenv("CHROMA_URL");
        try (Peer.OfVectors tandem = TandemPeer.start(folder);
                Peer.OfVectors other = chroma == null ? ChromaPeer.start(folder) : ChromaPeer.at(URI.create(chroma))) {
            System.out.printf("%,d vectors of %d dimensions, %d connections%n%n", count, dimensions, CONNECTIONS);
            new VectorBenchmark(vectors, turns).run(List.of(tandem, other));
        }
    }

    static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private void run(List<Peer.OfVectors> peers) throws Exception {
        Table.head(peers);
        List<String> loaded = new ArrayList<>();
        for (Peer.OfVectors peer : peers) {
            long begin = System.nanoTime();
            peer.load(vectors);
            loaded.add(Table.format("%.0f s", (System.nanoTime() - begin) / 1e9));
        }
        Table.row("loaded and found", loaded);
        for (boolean isFiltered : new boolean[] {false, true}) {
            compare(peers, isFiltered);
        }
    }

    private void compare(List<Peer.OfVectors> peers, boolean isFiltered) throws Exception {
        String suffix = isFiltered ? Table.format(", `year >= %d`", Vectors.FROM) : "";
        List<Set<Integer>> truth = vectors.truth(isFiltered);
        List<String> recalls = new ArrayList<>();
        for (Peer.OfVectors peer : peers) {
            recalls.add(Table.format("%.3f", recall(peer, isFiltered, truth)));
        }
        Table.row("recall@10" + suffix, recalls);
        float[][] queries = vectors.queries();
        List<List<Turn>> measured = turns.measure(peers.stream()
                .map(peer -> (Turns.Question) number -> peer.nearest(queries[number % queries.length], isFiltered))
                .toList());
        Table.row("requests a second" + suffix, Turns.medians(measured, "%.0f", Turn::rate));
        Table.row("p50" + suffix, Turns.medians(measured, "%.1f ms", turn -> turn.percentile(50)));
        Table.row("p99" + suffix, Turns.medians(measured, "%.1f ms", turn -> turn.percentile(99)));
    }

    private double recall(Peer.OfVectors peer, boolean isFiltered, List<Set<Integer>> truth)
            throws IOException, InterruptedException {
        int found = 0;
        for (int query = 0; query < truth.size(); query++) {
            Set<Integer> hits = new HashSet<>(peer.nearest(vectors.queries()[query], isFiltered));
            hits.retainAll(truth.get(query));
            found += hits.size();
        }
        return found / (double) (Vectors.LIMIT * truth.size());
    }
}
