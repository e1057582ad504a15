package dev.tandem.service.access.token;

import dev.tandem.domain.access.Principal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.ErrorCodeValidator;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON Web Tokens of an issuer. The issuer, the audience and the algorithms are given by the configuration, not by the token, and a token
 * must expire.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725, best practices for JSON Web Tokens</a>
 */
@Singleton
public class Tokens {

    private static final Logger LOG = Logger.getLogger(Tokens.class);
    private static final int LONGEST_NAME = 256;

    /** Reads a token without believing it. */
    private static final JwtConsumer UNVERIFIED = new JwtConsumerBuilder()
            .setSkipAllValidators()
            .setDisableRequireSignature()
            .setSkipSignatureVerification()
            .build();

    private final TokenConfig config;
    private final TokenGrants grants;
    private final Optional<IssuerKeys> keys;

    Tokens(TokenConfig config, Vertx vertx) {
        this.config = config;
        this.grants = new TokenGrants(config.grants());
        this.keys = config.issuer().map(issuer -> keys(config, vertx));
    }

    private static IssuerKeys keys(TokenConfig config, Vertx vertx) {
        if (config.keys().isEmpty() || config.audience().isEmpty()) {
            throw new IllegalStateException(
                    "tandem.access.token.issuer needs tandem.access.token.keys, the address of the issuer's JSON Web Key"
                            + " Set, and tandem.access.token.audience, the name of this service in tokens.");
        }
        config.algorithms().forEach(Tokens::requireAsymmetric);
        return new IssuerKeys(vertx, config.keys().get(), config.keysRefresh(), config.keysTimeout());
    }

    /** A public key must never be taken for the secret of an HMAC. */
    private static void requireAsymmetric(String algorithm) {
        if (!algorithm.matches("(RS|PS|ES)(256|384|512)")) {
            throw new IllegalStateException("tandem.access.token.algorithms has '" + algorithm
                    + "'; allowed are RS, PS and ES with 256, 384 or 512.");
        }
    }

    /** Whether tokens are accepted. */
    public boolean areAccepted() {
        return keys.isPresent();
    }

    /** Whose token this is; empty if it is not valid or tokens are not accepted. */
    public Uni<Optional<Principal>> principal(String token) {
        if (keys.isEmpty() || !isMeantForUs(token)) {
            return Uni.createFrom().item(Optional.empty());
        }
        IssuerKeys issuer = keys.get();
        return issuer.present()
                .map(known -> read(token, known))
                .chain(reading -> reading.isKeyMissing()
                        ? issuer.renewed().map(renewed -> read(token, renewed).principal())
                        : Uni.createFrom().item(reading.principal()));
    }

    /** What nobody has signed for this service is refused without asking for keys, also while the issuer is away. */
    private boolean isMeantForUs(String token) {
        try {
            JwtContext unverified = UNVERIFIED.process(token);
            String algorithm = unverified.getJoseObjects().getFirst().getAlgorithmHeaderValue();
            return config.algorithms().contains(algorithm)
                    && config.issuer()
                            .equals(Optional.ofNullable(
                                    unverified.getJwtClaims().getIssuer()));
        } catch (InvalidJwtException | MalformedClaimException e) {
            // Its message has what was shown, which may be a key.
            LOG.debugf("What was shown is no token: %s", e.getClass().getSimpleName());
            return false;
        }
    }

    private record Reading(Optional<Principal> principal, boolean isKeyMissing) {}

    private Reading read(String token, List<JsonWebKey> known) {
        try {
            return new Reading(principal(consumer(known).processToClaims(token)), false);
        } catch (InvalidJwtException e) {
            // The words of the errors have the token itself.
            LOG.debugf(
                    "A token was refused, for jose4j's reasons %s.",
                    e.getErrorDetails().stream()
                            .map(ErrorCodeValidator.Error::getErrorCode)
                            .toList());
            return new Reading(Optional.empty(), isKeyMissing(e));
        }
    }

    private JwtConsumer consumer(List<JsonWebKey> known) {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(known))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(
                        ConstraintType.PERMIT, config.algorithms().toArray(String[]::new)))
                .setExpectedIssuer(config.issuer().orElseThrow())
                .setExpectedAudience(config.audience().orElseThrow().toArray(String[]::new))
                .setRequireExpirationTime()
                .setRequireSubject()
                .setAllowedClockSkewInSeconds(Math.toIntExact(config.clockSkew().toSeconds()))
                .build();
    }

    private static boolean isKeyMissing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvableKeyException) {
                return true;
            }
        }
        return false;
    }

    private Optional<Principal> principal(JwtClaims claims) {
        return claim(claims, config.nameClaim()) instanceof String name && isName(name)
                ? Optional.of(Principal.of("user:" + name, grants.of(groups(claims))))
                : Optional.empty();
    }

    /** It becomes the author of what the caller writes. */
    private static boolean isName(String name) {
        return !name.isBlank() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
    }

    private List<String> groups(JwtClaims claims) {
        List<String> groups = new ArrayList<>();
        switch (claim(claims, config.groupsClaim())) {
            case List<?> list -> list.forEach(group -> groups.add(String.valueOf(group)));
            case String text -> groups.addAll(List.of(text.split(" ", -1)));
            case null, default -> {
                // Groups of another form grant nothing.
            }
        }
        return groups;
    }

    /** The claim with this name, or else the one that its dots lead to: some issuers have dots in names. */
    private static @Nullable Object claim(JwtClaims claims, String path) {
        Map<String, Object> members = claims.getClaimsMap();
        if (members.containsKey(path)) {
            return members.get(path);
        }
        Object value = members;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> object ? object.get(name) : null;
        }
        return value;
    }

    @PreDestroy
    void close() {
        keys.ifPresent(IssuerKeys::close);
    }
}
