package dev.tandem.bench.peers;

import dev.tandem.bench.peers.Turns.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A table in Markdown with a column for each engine. */
final class Table<P extends Peer> {

    private final List<P> peers;

    /** Begins the table. */
    Table(List<P> peers) {
        this.peers = peers;
        print("", peers.stream().map(Peer::name).toList());
        System.out.println("|---|" + "---|".repeat(peers.size()));
    }

    /** What is measured of an engine. */
    @FunctionalInterface
    interface Figure<P> {

        double of(P peer) throws Exception;
    }

    @FunctionalInterface
    interface Load<P> {

        void into(P peer) throws Exception;
    }

    void row(String what, String format, Figure<P> figure) throws Exception {
        List<String> figures = new ArrayList<>();
        for (P peer : peers) {
            figures.add(format(format, figure.of(peer)));
        }
        print(what, figures);
    }

    /** How long the engines take to load. */
    void loading(Load<P> load) throws Exception {
        row("loaded and found", "%.0f s", peer -> {
            long begin = System.nanoTime();
            load.into(peer);
            return (System.nanoTime() - begin) / 1e9;
        });
    }

    /** Requests a second: the medians of the turns of each engine. */
    void rates(String suffix, List<List<Turn>> measured) {
        print("requests a second" + suffix, medians(measured, "%.0f", Turn::rate));
    }

    /** The percentiles of how long requests took: the medians of the turns of each engine. */
    void times(String suffix, List<List<Turn>> measured) {
        print("p50" + suffix, medians(measured, "%.1f ms", turn -> turn.percentile(50)));
        print("p99" + suffix, medians(measured, "%.1f ms", turn -> turn.percentile(99)));
    }

    private static List<String> medians(List<List<Turn>> measured, String format, ToDoubleFunction<Turn> figure) {
        return measured.stream()
                .map(turns -> format(format, Turns.median(turns, figure)))
                .toList();
    }

    private static void print(String what, List<String> figures) {
        System.out.println("| " + what + " | " + String.join(" | ", figures) + " |");
    }

    static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
