package dev.tandem.bench.peers;

import dev.tandem.bench.peers.Turns.Turn;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final long SEED = 20_261_128;

    private VectorBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        int count = Turns.number(arguments, 0, 100_000);
        int dimensions = Turns.number(arguments, 1, 384);
        Vectors vectors = Vectors.of(count, dimensions, SEED);
        Path folder = Files.createTempDirectory("tandem-bench");
        String chroma = System.getenv("CHROMA_URL");
        try (Peer.OfVectors tandem = TandemPeer.start(folder);
                Peer.OfVectors other = chroma == null ? ChromaPeer.start(folder) : ChromaPeer.at(URI.create(chroma))) {
            System.out.printf("%,d vectors of %d dimensions, %d connections%n%n", count, dimensions, Turns.CONNECTIONS);
            compare(List.of(tandem, other), vectors, Turns.of(arguments, 2));
        }
    }

    private static void compare(List<Peer.OfVectors> peers, Vectors vectors, Turns turns) throws Exception {
        Table<Peer.OfVectors> table = new Table<>(peers);
        table.loading(peer -> peer.load(vectors));
        float[][] queries = vectors.queries();
        for (boolean isFiltered : new boolean[] {false, true}) {
            String suffix = isFiltered ? Table.format(", `year >= %d`", Vectors.FROM) : "";
            List<Set<Integer>> truth = vectors.truth(vectors.all().length, isFiltered);
            table.row("recall@10" + suffix, "%.3f", peer -> vectors.recall(peer, isFiltered, truth));
            List<List<Turn>> measured = turns.measure(peers.stream()
                    .map(peer -> (Turns.Question) number -> peer.nearest(queries[number % queries.length], isFiltered))
                    .toList());
            table.rates(suffix, measured);
            table.times(suffix, measured);
        }
    }
}
