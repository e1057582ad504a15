package dev.tandem.testing;

import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.ca.CaGenerator;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An authority of our own that has signed one certificate, for this machine.
 *
 * @param own the authority's certificate, as PEM
 * @param server a server's certificate, as PEM
 * @param key that server's private key, as PEM
 */
public record Authority(Path own, Path server, Path key, X509Certificate certificate) {

    private static final String PASSWORD = "secret";

    /** Makes one, with its files in a folder that does not exist yet. */
    public static Authority in(Path folder) throws Exception {
        Files.createDirectories(folder);
        File own = folder.resolve("authority.crt").toFile();
        File store = folder.resolve("authority.p12").toFile();
        X509Certificate certificate = new CaGenerator(
                        own, folder.resolve("authority.key").toFile(), store, PASSWORD)
                .generate("tests", "Tandem", "Tests", "Here", "There", "CH");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store.toPath())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        PrivateKey key = (PrivateKey) keys.getKey(CaGenerator.KEYSTORE_KEY_ENTRY, PASSWORD.toCharArray());
        new CertificateGenerator(folder, true)
                .generate(new CertificateRequest()
                        .withName("server")
                        .withFormat(Format.PEM)
                        .withCN("localhost")
                        .withSubjectAlternativeName("DNS:localhost")
                        .signedWith(certificate, key));
        return new Authority(own.toPath(), folder.resolve("server.crt"), folder.resolve("server.key"), certificate);
    }

    /** For clients that trust nobody else. */
    public SSLContext trusted() throws Exception {
        KeyStore trust = KeyStore.getInstance(KeyStore.getDefaultType());
        trust.load(null);
        trust.setCertificateEntry("authority", certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
