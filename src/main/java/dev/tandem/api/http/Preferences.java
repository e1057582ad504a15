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
 * What a request would like: {@code Prefer: wait=5} has a write answered once searches here show it, or after 5 seconds;
 * {@code Prefer: respond-async} has what can be a job be one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240">RFC 7240</a>
 */
public class Preferences {

    /** The header that says which preferences were honoured. */
    public static final String APPLIED = "Preference-Applied";

    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,6})\"?(?:$|[,;\\s])");
    private static final Pattern ASYNC = Pattern.compile("(?:^|[,;\\s])respond-async(?:$|[,;\\s])");
    private static final int LONGEST_SECONDS = 60;

    @Parameter(description = "How many seconds to wait until searches show the write", example = "wait=5")
    @HeaderParam("Prefer")
    @Nullable
    String prefer;

    /** Those of a header as it came; null where there is none. */
    public static Preferences of(@Nullable String header) {
        Preferences preferences = new Preferences();
        preferences.prefer = header;
        return preferences;
    }

    /** How long to wait; empty where nobody wants to. */
    public Optional<Duration> waiting() {
        if (prefer == null) {
            return Optional.empty();
        }
        Matcher wait = WAIT.matcher(prefer);
        return wait.find()
                ? Optional.of(Duration.ofSeconds(Math.min(LONGEST_SECONDS, Integer.parseInt(wait.group(1)))))
                : Optional.empty();
    }

    /** Whether to answer before it is done. */
    public boolean async() {
        return prefer != null && ASYNC.matcher(prefer).find();
    }

    /** Says so where {@link #async()} was honoured. */
    public <T> ResponseBuilder<T> applyAsync(ResponseBuilder<T> answer) {
        return async() ? answer.header(APPLIED, "respond-async") : answer;
    }
}
