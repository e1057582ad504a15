package dev.tandem.domain.idempotency;

/**
 * The name that a client gives to a request, and the scope in which that name is unique.
 *
 * @param caller the name of the principal; empty where everybody may do everything
 * @param key the name that the client has chosen
 */
public record IdempotencyKey(String caller, String method, String path, String key) {

    /** A hash of all parts: 64 characters, however long the path is. */
    public String hash() {
        return Fingerprint.of(caller, method, path, key);
    }
}
