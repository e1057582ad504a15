package dev.tandem.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The table of what the crash suite did and saw: in {@code target/crash/report.md} while it runs, and printed at its end. */
final class CrashReport implements BeforeAllCallback {

    private static final Path FILE = Path.of("target/crash/report.md");
    private static final List<String> LINES = new CopyOnWriteArrayList<>();

    /** Adds a scenario that has ended, whether it passed or not. */
    static void add(String scenario, String done, String seen) {
        LINES.add("| %s | %s | %s | %d |".formatted(scenario, done, seen, CrashOptions.SEED));
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, table());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a scenario that ended with a check. */
    static void add(String scenario, String done, Ledger ledger, Verdict verdict) {
        StringBuilder seen = new StringBuilder("%,d acknowledged, %,d aborted, %,d unanswered; "
                .formatted(ledger.acknowledged(), ledger.aborted(), ledger.unanswered()));
        for (Findings.Kind kind : Findings.Kind.values()) {
            seen.append(verdict.findings().count(kind))
                    .append(' ')
                    .append(kind.label())
                    .append(", ");
        }
        seen.append(String.format(
                Locale.ROOT,
                "in step after %.1f s; reconcile: %s",
                verdict.converged().toMillis() / 1000.0,
                verdict.reconciliation().label()));
        add(scenario, done, seen.toString());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(CrashReport.class))
                .getOrComputeIfAbsent("end", key -> new Printing(), Printing.class);
    }

    private static String table() {
        return "| scenario | what was done | what was seen | seed |\n|---|---|---|---|\n" + String.join("\n", LINES)
                + "\n";
    }

    private static final class Printing implements ExtensionContext.Store.CloseableResource {
        @Override
        public void close() {
            // A table for whoever runs the suite, which a logger's prefixes would break.
            System.out.println("\n" + table());
        }
    }
}
