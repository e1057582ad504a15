package dev.tandem.api.http;

import jakarta.ws.rs.HeaderParam;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The preferences of a request. {@code Prefer: wait=5}: a write is answered when keyword and vector searches on this replica show it, or
 * after 5 seconds. {@code wait=5; for=words}: the answer waits only for keyword search. {@code Prefer: respond-async}: an operation that
 * can be a job becomes one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
public class Preferences {

    /** The header that names the applied preferences. */
    public static final String APPLIED = "Preference-Applied";

    private static final Pattern WAIT = Pattern.compile(
            "(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?(?:\\s*;\\s*for\\s*=\\s*\"?(words)\"?)?(?:$|[,;\\s])");
    private static final Pattern ASYNC = Pattern.compile("(?:^|[,;\\s])respond-async(?:$|[,;\\s])");
    private static final int LONGEST_SECONDS = 60;

    @Parameter(description = "How many seconds to wait until searches show the write", example = "wait=5")
    @HeaderParam("Prefer")
    @Nullable
    String prefer;

    /** The preferences in a header's value; null if there is no header. */
    public static Preferences of(@Nullable String header) {
        Preferences preferences = new Preferences();
        preferences.prefer = header;
        return preferences;
    }

    /**
     * The wish to be answered when searches show a write.
     *
     * @param atMost how long to wait
     * @param wordsOnly whether to wait only for keyword search
     */
    public record Waiting(Duration atMost, boolean wordsOnly) {

        private static Waiting of(Matcher wait) {
            int seconds = Math.min(LONGEST_SECONDS, Integer.parseInt(wait.group(1)));
            return new Waiting(Duration.ofSeconds(seconds), wait.group(2) != null);
        }

        /** The preference as it was applied. */
        public String applied() {
            return "wait=" + atMost.toSeconds() + (wordsOnly ? "; for=words" : "");
        }
    }

    /** How to wait; empty if the client doesn't want to wait. */
    public Optional<Waiting> waiting() {
        return Optional.ofNullable(prefer)
                .map(WAIT::matcher)
                .filter(Matcher::find)
                .map(Waiting::of);
    }

    /** Whether to answer before the work is done. */
    public boolean async() {
        return prefer != null && ASYNC.matcher(prefer).find();
    }

    /** Names the preference in the answer, if {@link #async()} was applied. */
    public <T> ResponseBuilder<T> applyAsync(ResponseBuilder<T> answer) {
        return async() ? answer.header(APPLIED, "respond-async") : answer;
    }
}
