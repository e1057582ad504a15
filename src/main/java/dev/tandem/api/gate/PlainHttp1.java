package dev.tandem.api.gate;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Speaks HTTP/2 only where TLS has agreed on it. A connection without TLS stays with HTTP/1.1, and its wish to change to HTTP/2 is ignored:
 * the change would be made before anything checks the request, and if it fails, the connection would stay open.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-7.8">RFC 9110, section 7.8</a>
 */
@ApplicationScoped
class PlainHttp1 implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }

    @Override
    public void customizeDomainSocketServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
