package dev.tandem.bench.peers;

import java.util.List;
import java.util.Locale;

/** A table in Markdown with a column for each engine. */
final class Table {

    private Table() {}

    static void head(List<? extends Peer> peers) {
        row("", peers.stream().map(Peer::name).toList());
        System.out.println("|---|" + "---|".repeat(peers.size()));
    }

    static void row(String what, List<String> figures) {
        System.out.println("| " + what + " | " + String.join(" | ", figures) + " |");
    }

    static String format(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
