package dev.tandem.service.access;

import dev.tandem.domain.access.ApiKey;
import dev.tandem.domain.access.KeyText;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.access.ScopedKeyText;
import dev.tandem.domain.access.SecretHash;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.factory.access.ScopedKeyFactory;
import dev.tandem.service.access.token.Tokens;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who makes a request, by what it shows: a key, a key made from a key, the root key, or a token. */
@Singleton
public class Authenticator {

    private final AccessConfig config;
    private final RootKey root;
    private final KeyCache keys;
    private final ScopedKeyFactory scoped;
    private final Tokens tokens;
    private final KeyUses uses;
    private final Clock clock;

    Authenticator(
            AccessConfig config,
            RootKey root,
            KeyCache keys,
            ScopedKeyFactory scoped,
            Tokens tokens,
            KeyUses uses,
            Clock clock) {
        this.config = config;
        this.root = root;
        this.keys = keys;
        this.scoped = scoped;
        this.tokens = tokens;
        this.uses = uses;
        this.clock = clock;
    }

    /** Whether anybody may do anything. */
    public boolean isOpen() {
        return config.mode() == AccessConfig.Mode.OPEN;
    }

    /**
     * The principal that shows a credential. Fails with {@link Refusal.Unauthenticated} if the credential is not valid, for whatever reason: the
     * answer does not tell which.
     *
     * @param credential what a Bearer authorization has; null if there is none
     */
    public Uni<Principal> authenticate(@Nullable String credential) {
        if (isOpen()) {
            return Uni.createFrom().item(Principal.ANYBODY);
        }
        if (credential == null) {
            return Uni.createFrom()
                    .failure(() -> new Refusal.Unauthenticated(
                            "access.key_missing", "Show a key: Authorization: Bearer <key>."));
        }
        return find(credential).map(found -> found.orElseThrow(Authenticator::invalid));
    }

    private Uni<Optional<Principal>> find(String credential) {
        if (credential.startsWith(KeyText.PREFIX)) {
            return KeyText.parse(credential).map(this::byKey).orElseGet(Authenticator::nobody);
        }
        if (credential.startsWith(ScopedKeyText.PREFIX)) {
            return ScopedKeyText.parse(credential).map(this::byScopedKey).orElseGet(Authenticator::nobody);
        }
        if (root.is(credential)) {
            return Uni.createFrom().item(Optional.of(Principal.ROOT));
        }
        return tokens.principal(credential);
    }

    private Uni<Optional<Principal>> byKey(KeyText shown) {
        return valid(shown.id())
                .map(key -> key.filter(kept -> isSecretOf(kept, shown.hash())).map(kept -> {
                    uses.note(kept.id());
                    return kept.principal();
                }));
    }

    private boolean isSecretOf(ApiKey key, SecretHash shown) {
        boolean isPresent = key.secrets().present().equals(shown);
        return key.secrets().former(now()).map(shown::equals).orElse(false) || isPresent;
    }

    private Uni<Optional<Principal>> byScopedKey(ScopedKeyText shown) {
        return valid(shown.parentId())
                .map(parent -> parent.filter(kept -> isSigned(shown, kept)).flatMap(kept -> {
                    Optional<Principal> principal = scoped.principal(shown, kept);
                    principal.ifPresent(ignored -> uses.note(kept.id()));
                    return principal;
                }));
    }

    private boolean isSigned(ScopedKeyText shown, ApiKey parent) {
        boolean byPresent = shown.isSignedWith(parent.secrets().present());
        return parent.secrets().former(now()).map(shown::isSignedWith).orElse(false) || byPresent;
    }

    private Uni<Optional<ApiKey>> valid(String id) {
        return keys.find(id).map(found -> found.filter(key -> key.isValid(now())));
    }

    private Instant now() {
        return clock.instant();
    }

    private static Uni<Optional<Principal>> nobody() {
        return Uni.createFrom().item(Optional.empty());
    }

    private static Refusal invalid() {
        return new Refusal.Unauthenticated(
                "access.key_invalid", "This key or token is not valid: it is unknown, altered, expired or revoked.");
    }
}
