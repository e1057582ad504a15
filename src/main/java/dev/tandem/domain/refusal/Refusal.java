package dev.tandem.domain.refusal;

import java.io.Serial;
import java.time.Duration;
import java.util.List;

/**
 * A request that Tandem understood well enough to say no to. Each kind of no is a subclass; the edge turns them into answers by one
 * exhaustive switch.
 *
 * <p>A refusal is an ordinary outcome and carries no stack trace.
 */
public abstract sealed class Refusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String code;

    private Refusal(String code, String detail) {
        super(detail, null, false, false);
        this.code = code;
    }

    /** What was refused and why, dotted and stable. */
    public String code() {
        return code;
    }

    /** One or two sentences for a person. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Which rules the input breaks; empty where it is not about the input. */
    public List<Violation> violations() {
        return List.of();
    }

    /** What the request speaks of is not there. */
    public static final class NotFound extends Refusal {
        private NotFound(String code, String detail) {
            super(code, detail);
        }

        /** @param name what was asked for */
        public static NotFound of(Noun noun, Object name) {
            return new NotFound(noun.notFound(), noun.missing().formatted(name));
        }

        /** For something that existed when the request began. */
        public static NotFound gone(Noun noun) {
            return new NotFound(noun.notFound(), "The " + noun.word() + " has just been deleted.");
        }
    }

    /** What the request would make is there already, or stands in its way. */
    public static final class Conflict extends Refusal {
        public Conflict(String code, String detail) {
            super(code, detail);
        }
    }

    /** The same request is being answered just now. Trying again is right, and will find the answer. */
    public static final class InFlight extends Refusal {
        private final Duration retryAfter;

        public InFlight(String code, String detail, Duration retryAfter) {
            super(code, detail);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The request would touch more than its caller allows, so it touches nothing. */
    public static final class TooMany extends Refusal {
        private final long matched;

        /** @param matched how many it would touch */
        public TooMany(String code, String detail, long matched) {
            super(code, detail);
            this.matched = matched;
        }

        public long matched() {
            return matched;
        }
    }

    /** The caller's idea of the current version is out of date, or there is no current version. */
    public static final class Stale extends Refusal {
        private final long currentVersion;

        /** @param currentVersion the version there is now; 0 where there is none */
        public Stale(String detail, long currentVersion) {
            super("precondition.failed", detail);
            this.currentVersion = currentVersion;
        }

        public long currentVersion() {
            return currentVersion;
        }
    }

    /** The collection demands that a change names the version it is based on, and this one named none. */
    public static final class Unconditional extends Refusal {
        private final long currentVersion;

        public Unconditional(long currentVersion) {
            super("precondition.required", "This collection takes changes only with If-Match.");
            this.currentVersion = currentVersion;
        }

        public long currentVersion() {
            return currentVersion;
        }
    }

    /** The input is not in the language it should be in. */
    public static final class Malformed extends Refusal {
        private final transient List<Violation> violations;

        public Malformed(List<Violation> violations) {
            super("request.malformed", summary(violations));
            this.violations = List.copyOf(violations);
        }

        public Malformed(String code, String pointer, String message) {
            super(code, message);
            this.violations = List.of(new Violation(pointer, code, message));
        }

        @Override
        public List<Violation> violations() {
            return violations;
        }
    }

    /** The input is well-formed and breaks rules. */
    public static final class Rejected extends Refusal {
        private final transient List<Violation> violations;

        public Rejected(List<Violation> violations) {
            super("request.rejected", summary(violations));
            this.violations = List.copyOf(violations);
        }

        public Rejected(String pointer, String code, String message) {
            this(List.of(new Violation(pointer, code, message)));
        }

        @Override
        public List<Violation> violations() {
            return violations;
        }
    }

    /** The input is over a bound. */
    public static final class TooLarge extends Refusal {
        public TooLarge(String code, String detail) {
            super(code, detail);
        }
    }

    /** Not now: something Tandem depends on, or its own capacity, is exhausted or away. Trying again is right. */
    public static final class Unavailable extends Refusal {

        /** The code where it was the work itself that took too long. */
        public static final String TIMEOUT = "database.timeout";

        private final Duration retryAfter;

        public Unavailable(String code, String detail, Duration retryAfter) {
            super(code, detail);
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    private static String summary(List<Violation> violations) {
        if (violations.size() == 1) {
            return violations.get(0).message();
        }
        return violations.size() + " rules are broken; see errors.";
    }
}
