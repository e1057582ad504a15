package dev.tandem.api.gate;

import dev.tandem.api.http.ContentLength;
import dev.tandem.domain.refusal.Refusal;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that a body exists, says its media type, is not encoded, is UTF-8, and is not too large, even if its length isn't announced.
 *
 * <p>JAX-RS would take a body of no media type for one of any. A web page can send such a body to any address without asking first.
 */
@Provider
public class BodyLimits implements ReaderInterceptor {

    /** Read at request time: interceptors are created before the runtime configuration exists. */
    private final Instance<ApiConfig> config;

    BodyLimits(Instance<ApiConfig> config) {
        this.config = config;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (isEncoded(context.getHeaders().getFirst(HttpHeaders.CONTENT_ENCODING))) {
            throw new NotSupportedException();
        }
        int largest = Math.toIntExact(config.get().largestBody().asLongValue());
        if (ContentLength.of(context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH)) > largest) {
            throw tooLarge(largest);
        }
        byte[] octets = context.getInputStream().readNBytes(largest + 1);
        if (octets.length > largest) {
            throw tooLarge(largest);
        }
        if (octets.length > 0 && !context.getHeaders().containsKey(HttpHeaders.CONTENT_TYPE)) {
            throw new NotSupportedException();
        }
        if (!Utf8.isValid(octets)) {
            throw new Refusal.Malformed("json.malformed", "", "This is not JSON: it is not UTF-8.");
        }
        context.setInputStream(new ByteArrayInputStream(octets));
        Object body = context.proceed();
        if (body == null) {
            throw missing();
        }
        return body;
    }

    /** The refusal of a request without a body, or with null for one. */
    public static Refusal missing() {
        return new Refusal.Malformed(
                "json.missing", "", "This address needs a JSON body, but the body is missing or null.");
    }

    private static boolean isEncoded(@Nullable String coding) {
        return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity");
    }

    private static Refusal tooLarge(long largest) {
        return new Refusal.TooLarge("http.content_too_large", "A body may have at most " + largest + " bytes.");
    }
}
