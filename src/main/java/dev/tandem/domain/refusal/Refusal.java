package dev.tandem.domain.refusal;

import java.io.Serial;
import java.time.Duration;
import java.util.List;

/**
 * A request that Tandem understood but declines. Each reason has a subclass, and one exhaustive switch in {@code api} turns them into
 * answers.
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

    /** What was refused and why: dotted and stable. */
    public String code() {
        return code;
    }

    /** One or two sentences for a person. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The rules that the input breaks; empty if the input is not the reason. */
    public List<Violation> violations() {
        return List.of();
    }

    /** Whoever sends the request does not say who it is, or says so with something that is not valid. */
    public static final class Unauthenticated extends Refusal {
        public Unauthenticated(String code, String detail) {
            super(code, detail);
        }
    }

    /** Whoever sends the request must not have it done. */
    public static final class Denied extends Refusal {
        public Denied(String code, String detail) {
            super(code, detail);
        }
    }

    /** The request names something that does not exist. */
    public static final class NotFound extends Refusal {
        private NotFound(String code, String detail) {
            super(code, detail);
        }

        /** @param name the name in the request */
        public static NotFound of(Noun noun, Object name) {
            return new NotFound(noun.notFound(), noun.missing().formatted(name));
        }

        /** For something that existed when the request began. */
        public static NotFound gone(Noun noun) {
            return new NotFound(noun.notFound(), "The " + noun.word() + " has just been deleted.");
        }
    }

    /** Something with the same name already exists, or its state does not allow the request. */
    public static final class Conflict extends Refusal {
        public Conflict(String code, String detail) {
            super(code, detail);
        }
    }

    /** The same request is being answered at the moment. A retry will find its answer. */
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

    /** The request would affect more documents than its client allows, so it affects none. */
    public static final class TooMany extends Refusal {
        private final long matched;

        /** @param matched how many documents it would affect */
        public TooMany(String code, String detail, long matched) {
            super(code, detail);
            this.matched = matched;
        }

        public long matched() {
            return matched;
        }
    }

    /** The client assumes a wrong version, or the thing does not exist. */
    public static final class Stale extends Refusal {
        private final long currentVersion;

        /** @param currentVersion the current version; 0 if the thing does not exist */
        public Stale(String detail, long currentVersion) {
            super("precondition.failed", detail);
            this.currentVersion = currentVersion;
        }

        public long currentVersion() {
            return currentVersion;
        }
    }

    /** The collection demands that a change names the version it is based on, and this change named none. */
    public static final class Unconditional extends Refusal {
        private final long currentVersion;

        public Unconditional(long currentVersion) {
            super("precondition.required", "This collection accepts changes only with If-Match.");
            this.currentVersion = currentVersion;
        }

        public long currentVersion() {
            return currentVersion;
        }
    }

    /** The input cannot be read: it breaks the rules of its format. */
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

    /** The input is well-formed but breaks rules. */
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

    /** The input exceeds a size limit. */
    public static final class TooLarge extends Refusal {
        public TooLarge(String code, String detail) {
            super(code, detail);
        }
    }

    /** The input arrives so slowly that it would hold what others need. */
    public static final class TooSlow extends Refusal {
        public TooSlow() {
            super("http.body_too_slow", "The body arrives too slowly, so it is no longer waited for.");
        }
    }

    /** As much is stored as may be. A retry succeeds only after something was deleted, or a limit was raised. */
    public static final class Full extends Refusal {
        public Full(String code, String detail) {
            super(code, detail);
        }
    }

    /** The caller asks for more in a time than one caller may. */
    public static final class OverRate extends Refusal {
        private final Duration retryAfter;

        /** @param retryAfter when it may ask for this */
        public OverRate(Duration retryAfter) {
            super("rate.exceeded", "You ask for more than one caller may. Wait, then try again.");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /**
     * The request cannot be served at the moment: something that Tandem depends on is unavailable, or its own capacity is used up. A retry
     * may succeed.
     */
    public static final class Unavailable extends Refusal {

        /** The code if the work itself took too long. */
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
