package dev.tandem.index.pinecone.query;

/**
 * A number in canonical form as the nearest double, which is all that Pinecone stores, and the difference to it. Pairs have the order of the
 * numbers.
 */
record ExactNumber(double nearest, long rest) {

    private static final double LAST_WITHOUT_GAPS = 0x1p53;

    static ExactNumber of(Number number) {
        double nearest = number.doubleValue();
        return new ExactNumber(nearest, number instanceof Long whole ? rest(whole, nearest) : 0);
    }

    /** Exactly {@code whole - nearest}. The nearest double may be 2^63, which is not a long: its conversion is one less. */
    private static long rest(long whole, double nearest) {
        long difference = whole - (long) nearest;
        return nearest == 0x1p63 ? difference - 1 : difference;
    }

    /** Whether another number may have the same nearest double. */
    boolean hasNeighbours() {
        return Math.abs(nearest) >= LAST_WITHOUT_GAPS;
    }
}
