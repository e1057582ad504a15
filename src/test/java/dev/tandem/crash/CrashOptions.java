package dev.tandem.crash;

import java.util.Random;

/**
 * How long the crash suite takes and what it draws its faults from.
 *
 * <p>{@code -Dcrash.form=long} is set by {@code -Pcrash}; {@code -Dcrash.seed} repeats a schedule. {@code -Dcrash.acknowledgements}, {@code
 * -Dcrash.service-kills} and {@code -Dcrash.database-kills} change single amounts.
 */
final class CrashOptions {

    static final boolean LONG = "long".equals(System.getProperty("crash.form"));
    static final long SEED = Long.getLong("crash.seed", System.nanoTime() & 0xFFFFFF);

    private CrashOptions() {}

    /** An amount that differs between the two forms, unless a system property names it. */
    static int amount(String name, int ofShortForm, int ofLongForm) {
        return Integer.getInteger("crash." + name, LONG ? ofLongForm : ofShortForm);
    }

    /** The source of chance of one scenario. */
    static Random random(String scenario) {
        return new Random(SEED * 31 + scenario.hashCode());
    }
}
