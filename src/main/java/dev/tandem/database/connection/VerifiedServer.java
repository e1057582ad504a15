package dev.tandem.database.connection;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A PostgreSQL that is reached over TLS only, and only if it shows a certificate for its name that an authority has signed. */
public final class VerifiedServer {

    /** The algorithm that compares the name in the certificate with the server's. */
    public static final String BY_NAME = "HTTPS";

    /** JDBC's name for the mode. */
    public static final String MODE = "verify-full";

    private VerifiedServer() {}

    /** @param authority a file with its certificates, as PEM */
    public static PgConnectOptions verify(PgConnectOptions server, Path authority) {
        server.setSslMode(SslMode.VERIFY_FULL);
        server.setHostnameVerificationAlgorithm(BY_NAME);
        server.setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()));
        return server;
    }

    /** The parameters of a JDBC URL that say the same. */
    public static String jdbcParameters(Path authority) {
        return "sslmode=" + MODE + "&sslrootcert=" + URLEncoder.encode(authority.toString(), StandardCharsets.UTF_8);
    }
}
