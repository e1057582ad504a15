package dev.tandem.bench.peers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;

/**
 * Vector search beside Chroma: {@code bench/compare}. Both get the same vectors and the same questions by the same client, in turns, so that what
 * slows the machine slows both. It prints a table: how long loading took until all was found, recall against an exact search, and requests a
 * second with their 50th and 99th percentile, each the median of the turns.
 *
 * <p>The arguments are how many vectors there are, of how many dimensions, and how many turns of how many seconds. In the environment, {@code
 * CHROMA_URL} names a server that runs already.
 */
final class PeerBenchmark {

    private static final int CONNECTIONS = 8;
    private static final long SEED = 20_261_128;

    private final Vectors vectors;
    private final int turns;
    private final int seconds;

    private PeerBenchmark(Vectors vectors, int turns, int seconds) {
        this.vectors = vectors;
        this.turns = turns;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws Exception {
        int count = argument(arguments, 0, 100_000);
        int dimensions = argument(arguments, 1, 384);
        Vectors vectors = Vectors.of(count, dimensions, SEED);
        PeerBenchmark benchmark = new PeerBenchmark(vectors, argument(arguments, 2, 3), argument(arguments, 3, 15));
        Path folder = Files.createTempDirectory("tandem-bench");
        String chroma = System.getenv("CHROMA_URL");
        try (Peer tandem = TandemPeer.start(folder);
                Peer other = chroma == null ? ChromaPeer.start(folder) : ChromaPeer.at(URI.create(chroma))) {
            System.out.printf("%,d vectors of %d dimensions, %d connections%n%n", count, dimensions, CONNECTIONS);
            benchmark.run(List.of(tandem, other));
        }
    }

    private static int argument(String[] arguments, int place, int otherwise) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : otherwise;
    }

    private void run(List<Peer> peers) throws Exception {
        System.out.println(
                "| | " + String.join(" | ", peers.stream().map(Peer::name).toList()) + " |");
        System.out.println("|---|" + "---|".repeat(peers.size()));
        List<String> loaded = new ArrayList<>();
        for (Peer peer : peers) {
            long begin = System.nanoTime();
            peer.load(vectors);
            loaded.add(format("%.0f s", (System.nanoTime() - begin) / 1e9));
        }
        print("loaded and found", loaded);
        for (boolean isFiltered : new boolean[] {false, true}) {
            compare(peers, isFiltered);
        }
    }

    private void compare(List<Peer> peers, boolean isFiltered) throws Exception {
        String suffix = isFiltered ? format(", `year >= %d`", Vectors.FROM) : "";
        List<Set<Integer>> truth = vectors.truth(isFiltered);
        List<String> recalls = new ArrayList<>();
        for (Peer peer : peers) {
            recalls.add(format("%.3f", recall(peer, isFiltered, truth)));
        }
        print("recall@10" + suffix, recalls);
        List<List<Turn>> measured =
                peers.stream().map(peer -> (List<Turn>) new ArrayList<Turn>()).toList();
        for (int turn = -1; turn < turns; turn++) {
            for (int peer = 0; peer < peers.size(); peer++) {
                Turn result = turn(peers.get(peer), isFiltered);
                // The first turn warms up.
                if (turn >= 0) {
                    measured.get(peer).add(result);
                }
            }
        }
        print("requests a second" + suffix, medians(measured, "%.0f", Turn::rate));
        print("p50" + suffix, medians(measured, "%.1f ms", turn -> turn.percentile(50)));
        print("p99" + suffix, medians(measured, "%.1f ms", turn -> turn.percentile(99)));
    }

    private double recall(Peer peer, boolean isFiltered, List<Set<Integer>> truth)
            throws IOException, InterruptedException {
        int found = 0;
        for (int query = 0; query < truth.size(); query++) {
            Set<Integer> hits = new HashSet<>(peer.nearest(vectors.queries()[query], isFiltered));
            hits.retainAll(truth.get(query));
            found += hits.size();
        }
        return found / (double) (Vectors.LIMIT * truth.size());
    }

    /** What came of asking for some seconds: the sorted milliseconds of all requests. */
    private record Turn(double rate, double[] sorted) {

        double percentile(int percent) {
            return sorted[sorted.length * percent / 100];
        }
    }

    private Turn turn(Peer peer, boolean isFiltered) throws Exception {
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        try (ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS)) {
            List<Future<List<Double>>> asking = new ArrayList<>();
            for (int client = 0; client < CONNECTIONS; client++) {
                int first = client * vectors.queries().length / CONNECTIONS;
                asking.add(clients.submit(() -> ask(peer, isFiltered, first, end)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> client : asking) {
                all.addAll(client.get());
            }
            double took = (System.nanoTime() - begin) / 1e9;
            double[] sorted = all.stream().mapToDouble(Double::doubleValue).toArray();
            Arrays.sort(sorted);
            return new Turn(sorted.length / took, sorted);
        }
    }

    private List<Double> ask(Peer peer, boolean isFiltered, int first, long end)
            throws IOException, InterruptedException {
        List<Double> times = new ArrayList<>();
        for (int i = first; System.nanoTime() < end || times.isEmpty(); i++) {
            long sent = System.nanoTime();
            peer.nearest(vectors.queries()[i % vectors.queries().length], isFiltered);
            times.add((System.nanoTime() - sent) / 1e6);
        }
        return times;
    }

    private static List<String> medians(List<List<Turn>> measured, String format, ToDoubleFunction<Turn> figure) {
        return measured.stream()
                .map(turns -> turns.stream().mapToDouble(figure).sorted().toArray())
                .map(sorted -> format(format, sorted[sorted.length / 2]))
                .toList();
    }

    private static void print(String what, List<String> figures) {
        System.out.println("| " + what + " | " + String.join(" | ", figures) + " |");
    }

    private static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
