package dev.tandem.api.http;

import dev.tandem.domain.error.Refusal;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Sees to it that a body is there, and no larger than allowed even where its length isn't announced. */
@Provider
public class Bodies implements ReaderInterceptor {

    /** At request time: interceptors are made before there is a configuration to run with. */
    private final Instance<ApiConfig> config;

    Bodies(Instance<ApiConfig> config) {
        this.config = config;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        long largest = config.get().largestBody().asLongValue();
        if (announced(context) > largest) {
            throw tooLarge(largest);
        }
        context.setInputStream(new Bounded(context.getInputStream(), largest));
        Object body = context.proceed();
        if (body == null) {
            throw new Refusal.Malformed("json.missing", "", "This address needs a JSON body; there is none, or null.");
        }
        return body;
    }

    /** The length that the request says its body has; 0 where it says nothing. */
    private static long announced(ReaderInterceptorContext context) {
        String length = context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH);
        return length != null && length.matches("[0-9]{1,18}") ? Long.parseLong(length) : 0;
    }

    private static Refusal tooLarge(long largest) {
        return new Refusal.TooLarge("http.content_too_large", "A body has at most " + largest + " bytes.");
    }

    private static final class Bounded extends FilterInputStream {
        private final long most;
        private long read;

        Bounded(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int count = super.read(target, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int more) {
            read += more;
            if (read > most) {
                throw tooLarge(most);
            }
        }
    }
}
