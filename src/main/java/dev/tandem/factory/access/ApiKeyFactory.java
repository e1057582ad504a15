package dev.tandem.factory.access;

import dev.tandem.domain.access.ApiKey;
import dev.tandem.domain.access.ApiKey.Secrets;
import dev.tandem.domain.access.Base62;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.KeyText;
import dev.tandem.domain.access.Principal;
import dev.tandem.domain.metadata.Dates;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.Identities;
import dev.tandem.factory.rules.TextRules;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Makes keys: it turns a draft into a key with a new secret, or reports every broken rule. */
@Singleton
public class ApiKeyFactory {

    private static final int LONGEST_NAME = 200;
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

    /** Enough that ids do not meet, and 256 bits for the secret. */
    private static final int ID_BYTES = 16;

    private static final int SECRET_BYTES = 32;

    private final Identities identities;
    private final SecureRandom random = new SecureRandom();

    ApiKeyFactory(Identities identities) {
        this.identities = identities;
    }

    /**
     * A key, and its text, which nobody can make again.
     *
     * @param key what the service keeps
     * @param text what its holder gets
     */
    public record Made(ApiKey key, KeyText text) {}

    /**
     * Makes a new key.
     *
     * @throws Refusal.Rejected naming every broken rule
     * @throws Refusal.Denied if it would allow what its creator may not do
     */
    public Made create(ApiKeyDraft draft, Principal creator) {
        Instant now = identities.now();
        Violations violations = new Violations();
        String name = draft.name() == null ? "" : draft.name();
        violations.require(!name.isBlank(), "/name", "key.name", "A key needs a name that says what it is for.");
        TextRules.check(name, LONGEST_NAME, "/name", violations);
        Grants grants = GrantRules.read(draft.grants(), "/grants", violations);
        Instant expiresAt = draft.expiresAt() == null ? null : Dates.parse(draft.expiresAt());
        violations.require(
                draft.expiresAt() == null || (expiresAt != null && expiresAt.isAfter(now)),
                "/expiresAt",
                "key.expires_at",
                "A key expires in the future, at a time such as 2030-01-01T00:00:00Z.");
        violations.rejectIfAny();
        if (!creator.isRoot() && !creator.grants().include(grants)) {
            throw new Refusal.Denied("key.exceeds_grants", "A key cannot allow more than the key that makes it.");
        }
        KeyText text = new KeyText(characters(ID_BYTES, KeyText.ID_LENGTH), secret());
        ApiKey key =
                new ApiKey(text.id(), name, grants, Secrets.only(text.hash()), creator.name(), now, expiresAt, null);
        return new Made(key, text);
    }

    /**
     * The key with a new secret.
     *
     * @param overlap how long the present secret stays valid, as in ISO 8601; null if it does not
     * @throws Refusal.Rejected if the overlap cannot be read, is negative or longer than 30 days
     */
    public Made rotate(ApiKey key, @Nullable String overlap) {
        Duration kept = overlap == null ? Duration.ZERO : overlap(overlap);
        KeyText text = new KeyText(key.id(), secret());
        return new Made(key.rotated(text.hash(), identities.now().plus(kept)), text);
    }

    private static Duration overlap(String said) {
        try {
            Duration overlap = Duration.parse(said);
            if (!overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0) {
                return overlap;
            }
        } catch (DateTimeParseException e) {
            // It is refused below.
        }
        throw new Refusal.Rejected(
                "/overlap", "key.overlap", "The overlap is from 0 to 30 days, such as PT1H for an hour.");
    }

    private String secret() {
        return characters(SECRET_BYTES, KeyText.SECRET_LENGTH);
    }

    private String characters(int bytes, int length) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return Base62.of(drawn, length);
    }
}
