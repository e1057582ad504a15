package dev.tandem.init;

import dev.tandem.service.access.Authenticator;
import dev.tandem.service.access.RootKey;
import dev.tandem.service.access.token.Tokens;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Refuses to start a service that nobody could use, and says aloud when everybody may. */
@ApplicationScoped
class AccessStart {

    private static final Logger LOG = Logger.getLogger(AccessStart.class);
    private static final int FIRST = 1;

    private final Authenticator authenticator;
    private final RootKey root;
    private final Tokens tokens;
    private final String host;

    AccessStart(
            Authenticator authenticator,
            RootKey root,
            Tokens tokens,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "0.0.0.0") String host) {
        this.authenticator = authenticator;
        this.root = root;
        this.tokens = tokens;
        this.host = host;
    }

    void check(@Observes @Priority(FIRST) StartupEvent event) {
        if (authenticator.isOpen()) {
            LOG.warnf(
                    "tandem.access.mode is open: anybody who reaches this service may do anything. It listens on %s.",
                    host);
        } else if (!root.isConfigured() && !tokens.areAccepted()) {
            throw new IllegalStateException(
                    "Nobody could use this service: it has no root key. Set TANDEM_ACCESS_ROOT_KEY_FILE to a file with a"
                            + " secret, for example that of: openssl rand -base64 32. Or set TANDEM_ACCESS_MODE=open to let"
                            + " everybody in who reaches it, which then listens on this machine only.");
        }
    }
}
