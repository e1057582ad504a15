package dev.tandem.domain.idempotency;

import dev.tandem.domain.Sha256;

/** Represents texts of any length by 64 characters: equal fingerprints mean equal texts. SHA-256 in lower-case hexadecimal. */
public final class Fingerprint {

    private Fingerprint() {}

    public static String of(String... texts) {
        Sha256 digest = new Sha256();
        for (String text : texts) {
            digest.addPart(text);
        }
        return digest.hex();
    }
}
