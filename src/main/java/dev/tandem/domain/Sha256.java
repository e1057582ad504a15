package dev.tandem.domain;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Computes a SHA-256 hash of bytes that are added one after the other. The result can be read once, at the end. Not thread-safe. */
public final class Sha256 {

    private static final int NO_TEXT = -1;

    private final MessageDigest digest;

    public Sha256() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public Sha256 add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** Adds the text in UTF-8. */
    public Sha256 add(String text) {
        return add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the number of bytes, in four bytes, and then the bytes. So "ab" and "c" hash differently from "a" and "bc". */
    public Sha256 addPart(byte[] bytes) {
        return addLength(bytes.length).add(bytes);
    }

    /** Adds the text in UTF-8 after its length in bytes. No text hashes differently from an empty one. */
    public Sha256 addPart(@Nullable String text) {
        return text == null ? addLength(NO_TEXT) : addPart(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same stream. What is read from it is added. */
    public InputStream addWhileReading(InputStream stream) {
        return new DigestInputStream(stream, digest);
    }

    /** The hash: 32 bytes. */
    public byte[] bytes() {
        return digest.digest();
    }

    /** The hash in lower-case hexadecimal: 64 characters. */
    public String hex() {
        return HexFormat.of().formatHex(bytes());
    }

    private Sha256 addLength(int length) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).flip());
        return this;
    }
}
