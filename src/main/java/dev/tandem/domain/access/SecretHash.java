package dev.tandem.domain.access;

import dev.tandem.domain.HmacSha256;
import dev.tandem.domain.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The SHA-256 of a secret. A secret has so many random bits that nobody can try them all, so a slow hash would protect nothing. Comparing takes
 * the same time whether and where hashes differ.
 */
public final class SecretHash {

    private final byte[] hash;

    private SecretHash(byte[] hash) {
        this.hash = hash;
    }

    /** The hash of a secret. */
    public static SecretHash of(String secret) {
        return new SecretHash(new Sha256().add(secret).bytes());
    }

    /** @param hex as {@link #hex} */
    public static SecretHash parse(String hex) {
        return new SecretHash(HexFormat.of().parseHex(hex));
    }

    /** In lower-case hexadecimal: 64 characters. */
    public String hex() {
        return HexFormat.of().formatHex(hash);
    }

    /** The HMAC-SHA256 of the bytes, with the hash as its key. Whoever has the secret can compute it too. */
    public byte[] sign(byte[] bytes) {
        return HmacSha256.of(hash, bytes);
    }

    /** Whether this is the signature of the bytes. */
    public boolean signed(byte[] bytes, byte[] signature) {
        return MessageDigest.isEqual(sign(bytes), signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash same && MessageDigest.isEqual(hash, same.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** Says nothing of the hash, which would let in whoever could make scoped keys with it. */
    @Override
    public String toString() {
        return "SecretHash";
    }
}
