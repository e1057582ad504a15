package dev.tandem.api.access;

import static dev.tandem.api.Api.documents;
import static dev.tandem.api.Api.freeName;
import static dev.tandem.api.Api.problem;
import static dev.tandem.api.access.Guarded.as;
import static dev.tandem.api.access.Guarded.collection;
import static dev.tandem.api.access.Guarded.key;
import static dev.tandem.testing.Waiting.PATIENCE;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.testing.Thorough;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Tokens of an identity provider, whose keys are fetched from a server of the test. */
@QuarkusTest
@TestProfile(Guarded.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TokenApiTest {

    private static final List<PublicJsonWebKey> PUBLISHED = new CopyOnWriteArrayList<>();
    private static final PublicJsonWebKey FIRST = rsa("first");

    private @Nullable HttpServer issuer;

    @AfterEach
    void stop() {
        if (issuer != null) {
            issuer.stop(0);
        }
    }

    /** Starts the issuer, which publishes this key and those before. */
    private void publish(PublicJsonWebKey key) {
        PUBLISHED.add(key);
        URI keys = ConfigProvider.getConfig().getValue("tandem.access.token.keys", URI.class);
        try {
            issuer = HttpServer.create(new InetSocketAddress("localhost", keys.getPort()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer.createContext(keys.getPath(), exchange -> {
            byte[] body = new JsonWebKeySet(new ArrayList<>(PUBLISHED))
                    .toJson(OutputControlLevel.PUBLIC_ONLY)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        issuer.start();
    }

    private static PublicJsonWebKey rsa(String id) {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token(PublicJsonWebKey key, String algorithm, Consumer<JwtClaims> changes) {
        JsonWebSignature token = new JsonWebSignature();
        token.setKey(key.getPrivateKey());
        token.setKeyIdHeaderValue(key.getKeyId());
        return signed(token, algorithm, changes);
    }

    private static String signed(JsonWebSignature token, String algorithm, Consumer<JwtClaims> changes) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(Guarded.ISSUER);
        claims.setAudience(Guarded.AUDIENCE);
        claims.setSubject("ada");
        claims.setExpirationTimeMinutesInTheFuture(5);
        claims.setClaim("realm", Map.of("roles", List.of("the owners", "strangers")));
        changes.accept(claims);
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(algorithm);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String valid() {
        return token(FIRST, AlgorithmIdentifiers.RSA_USING_SHA256, claims -> {});
    }

    /** First of all, because nothing has fetched the keys yet. */
    @Test
    @Order(1)
    void anIssuerThatIsAwayIsNamed() {
        problem(as(valid()).get("/v1/collections"), 503, "access.issuer_unavailable")
                .header("Retry-After", "5");
        as(key("read", "*")).get("/v1/collections").then().statusCode(200);
    }

    @Test
    @Order(2)
    void groupsGrantWhatTheConfigurationSays() {
        publish(FIRST);
        String owner = valid();
        as(owner, "{\"name\": \"shared-a\", \"embedding\": {\"model\": \"none\", \"dimensions\": 3}}")
                .post("/v1/collections")
                .then()
                .statusCode(201);
        as(owner, "{\"title\": \"Tea\"}")
                .header("Tandem-Author", "her assistant")
                .put(documents("shared-a") + "/tea")
                .then()
                .statusCode(201);
        as(owner)
                .get(documents("shared-a") + "/tea/revisions")
                .then()
                .body("items[0].author", equalTo("user:ada"))
                .body("items[0].onBehalfOf", equalTo("her assistant"));
        String reader = token(
                FIRST,
                AlgorithmIdentifiers.RSA_USING_SHA256,
                claims -> claims.setClaim("realm", Map.of("roles", "readers others")));
        as(reader).get(documents("shared-a") + "/tea").then().statusCode(200);
        problem(as(reader, "{}").put(documents("shared-a") + "/tea"), 403, "access.right_missing");
        String other = freeName();
        collection(key("admin", other), other);
        problem(as(owner).get("/v1/collections/" + other), 404, "collection.not_found");
        String nobody = token(FIRST, AlgorithmIdentifiers.RSA_USING_SHA256, claims -> claims.unsetClaim("realm"));
        problem(as(nobody).get("/v1/collections/shared-a"), 404, "collection.not_found");
        as(owner).delete("/v1/collections/shared-a").then().statusCode(204);
    }

    @Test
    @Order(3)
    void whatIsNotRightIsRefused() throws JoseException {
        publish(FIRST);
        as(valid()).get("/v1/collections").then().statusCode(200);
        String rs256 = AlgorithmIdentifiers.RSA_USING_SHA256;
        JsonWebSignature confused = new JsonWebSignature();
        confused.setKey(new HmacKey(FIRST.getPublicKey().getEncoded()));
        confused.setKeyIdHeaderValue("first");
        PublicJsonWebKey impostor = rsa("first");
        String valid = valid();
        for (String bad : List.of(
                token(FIRST, rs256, claims -> claims.setIssuer("https://evil.example.org/")),
                token(FIRST, rs256, claims -> claims.setAudience("another service")),
                token(FIRST, rs256, claims -> claims.unsetClaim("aud")),
                token(FIRST, rs256, claims -> claims.unsetClaim("exp")),
                token(FIRST, rs256, claims -> claims.unsetClaim("sub")),
                token(FIRST, rs256, claims -> claims.setExpirationTimeMinutesInTheFuture(-5)),
                token(FIRST, rs256, claims -> claims.setNotBeforeMinutesInThePast(-5)),
                token(FIRST, AlgorithmIdentifiers.RSA_USING_SHA512, claims -> {}),
                token(impostor, rs256, claims -> {}),
                signed(confused, AlgorithmIdentifiers.HMAC_SHA256, claims -> {}),
                valid.substring(0, valid.length() - 8),
                valid.substring(0, valid.lastIndexOf('.') + 1))) {
            problem(as(bad).get("/v1/collections"), 401, "access.key_invalid");
        }
    }

    /** Last, because keys that are not known are asked for only every few seconds. */
    @Thorough
    @Test
    @Order(4)
    void aNewKeyOfTheIssuerIsFetched() throws JoseException {
        PublicJsonWebKey second = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        second.setKeyId("second-" + Instant.now());
        publish(second);
        await().atMost(PATIENCE)
                .until(() -> as(token(second, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, claims -> {}))
                                .get("/v1/collections")
                                .statusCode()
                        == 200);
    }
}
