package dev.tandem.domain.idempotency;

/**
 * What a caller calls a request by, and within what the name is the caller's own.
 *
 * @param caller who asks; the same for all as long as callers are not told apart
 * @param key what the caller has chosen
 */
public record IdempotencyKey(String caller, String method, String path, String key) {

    /** All of it in 64 characters, however long the path is. */
    public String hash() {
        return Fingerprint.of(caller, method, path, key);
    }
}
