package dev.tandem.service.copy;

/**
 * How the documents of the source stand differently after a piece of work, each counted once, however often it has changed.
 *
 * @param done how many more are as they should be
 * @param failed how many more break the successor's rules
 */
record CopyTally(long done, long failed) {

    static final CopyTally NONE = new CopyTally(0, 0);

    /** One document. */
    static CopyTally of(Standing before, Standing after) {
        return new CopyTally(
                count(after, Standing.DONE) - count(before, Standing.DONE),
                count(after, Standing.FAILED) - count(before, Standing.FAILED));
    }

    private static long count(Standing standing, Standing wanted) {
        return standing == wanted ? 1 : 0;
    }

    CopyTally plus(CopyTally other) {
        return new CopyTally(done + other.done, failed + other.failed);
    }

    long total() {
        return done + failed;
    }

    /** Of a document of the source. */
    enum Standing {
        /** There is none. */
        ABSENT,
        /** It is in the successor as it should be: as in the source, or as a client has it there. */
        DONE,
        /** The successor's rules forbid it. */
        FAILED;

        static Standing of(boolean isCounted, boolean isRefused) {
            return !isCounted ? ABSENT : isRefused ? FAILED : DONE;
        }
    }
}
