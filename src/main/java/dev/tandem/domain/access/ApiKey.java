package dev.tandem.domain.access;

import dev.tandem.domain.Aggregate;
import dev.tandem.domain.refusal.Noun;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key that a program shows to be let in. Of its secret only hashes are known.
 *
 * @param id stands in the key itself, and is not secret
 * @param name says for people what the key is for
 * @param createdBy the {@linkplain Principal#name() name} of the principal that made it
 * @param secrets the hashes of the secrets that are valid
 * @param expiresAt from when on it is not valid; null if it stays valid
 * @param lastUsedAt to the minute, and a few minutes late; null if it was never used
 */
@Aggregate
public record ApiKey(
        String id,
        String name,
        Grants grants,
        Secrets secrets,
        String createdBy,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    public static final Noun NOUN = new Noun("key", "There is no key '%s'.");

    /** Whether it lets anybody in at this time. */
    public boolean isValid(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** The principal that shows the key. */
    public Principal principal() {
        return Principal.of("key:" + id, grants);
    }

    /** The same key with another secret. The present secret stays valid until {@code until}. */
    public ApiKey rotated(SecretHash secret, Instant until) {
        return new ApiKey(
                id,
                name,
                grants,
                new Secrets(secret, secrets.present(), until),
                createdBy,
                createdAt,
                expiresAt,
                lastUsedAt);
    }

    /**
     * The hashes of a key's secrets.
     *
     * @param former the secret before the present one, until {@code formerUntil}; null if there was none
     */
    public record Secrets(
            SecretHash present,
            @Nullable SecretHash former,
            @Nullable Instant formerUntil) {

        public static Secrets only(SecretHash secret) {
            return new Secrets(secret, null, null);
        }

        /** The former secret, while it is valid. */
        public Optional<SecretHash> former(Instant now) {
            return formerUntil != null && now.isBefore(formerUntil) ? Optional.ofNullable(former) : Optional.empty();
        }
    }
}
