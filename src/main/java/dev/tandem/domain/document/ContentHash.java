package dev.tandem.domain.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of the text that is embedded: if two hashes are equal, so are title and content. Only a document whose hash changes needs
 * new vectors.
 *
 * @param hex SHA-256 in lower-case hexadecimal, 64 characters
 */
public record ContentHash(String hex) {

    public static ContentHash of(@Nullable String title, @Nullable String content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, title);
            update(digest, content);
            return new ContentHash(HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The length comes first. Otherwise the title "ab" with the content "c" would have the hash of "a" with "bc". */
    private static void update(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? -1 : bytes.length)
                .array());
        digest.update(bytes);
    }
}
