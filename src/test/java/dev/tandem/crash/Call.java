package dev.tandem.crash;

import org.jspecify.annotations.Nullable;

/**
 * One request on one document, as a client saw it.
 *
 * @param start when it was sent
 * @param end when it was answered; {@link #NEVER} if it was not
 * @param value what a write would have stored
 * @param condition the version that a conditional write named, or 0 for none
 * @param seen what was answered: the document after the call, null if there was no answer
 */
record Call(
        long start,
        long end,
        Kind kind,
        @Nullable String value,
        long condition,
        @Nullable Seen seen) {

    static final long NEVER = Long.MAX_VALUE;

    enum Kind {
        READ,
        WRITE,
        DELETE
    }

    /** What a call was answered. */
    sealed interface Seen {}

    /** The document as it was read, or as it is after a write. */
    record State(Register register) implements Seen {}

    /** A condition did not hold. */
    record Refused() implements Seen {}

    static Call read(long start, long end, Register seen) {
        return new Call(start, end, Kind.READ, null, 0, new State(seen));
    }

    static Call write(long start, long end, String value, long version) {
        return new Call(start, end, Kind.WRITE, value, 0, new State(new Register(version, value)));
    }

    static Call writeIf(long start, long end, String value, long condition) {
        return new Call(start, end, Kind.WRITE, value, condition, new State(new Register(condition + 1, value)));
    }

    static Call refused(long start, long end, String value, long condition) {
        return new Call(start, end, Kind.WRITE, value, condition, new Refused());
    }

    /** A delete of a document that was there, or was not. */
    static Call delete(long start, long end, boolean wasThere) {
        return new Call(start, end, Kind.DELETE, null, 0, wasThere ? new State(Register.ABSENT) : new Refused());
    }

    /** The same call, to which no answer came. */
    Call unanswered() {
        return new Call(start, NEVER, kind, value, condition, null);
    }

    /** The same call, as if it had been about another value. Deletes and reads are about none. */
    Call withValue(String other) {
        return new Call(start, end, kind, kind == Kind.WRITE ? other : null, condition, seen);
    }

    /** The value in its answer, or null. */
    @Nullable
    String valueSeen() {
        return seen instanceof State state ? state.register().value() : null;
    }

    boolean isAnswered() {
        return seen != null;
    }

    /** The state after this call on that state, if its answer is right for it; otherwise null. */
    @Nullable
    Register apply(Register before) {
        Register after = before;
        Seen right;
        if (kind == Kind.READ) {
            right = new State(before.seen());
        } else if (kind == Kind.DELETE) {
            right = before.exists() ? new State(Register.ABSENT) : new Refused();
            after = new Register(before.version(), null);
        } else if (condition != 0 && !(before.exists() && before.version() == condition)) {
            right = new Refused();
        } else {
            after = new Register(before.version() + 1, value);
            right = new State(after);
        }
        return seen == null || seen.equals(right) ? after : null;
    }
}
