package dev.tandem.domain.document;

import dev.tandem.domain.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprint of the text that is embedded: if two hashes are equal, so are title and content. Only a document whose hash changes needs
 * new vectors.
 *
 * @param hex SHA-256 in lower-case hexadecimal, 64 characters
 */
public record ContentHash(String hex) {

    public static ContentHash of(@Nullable String title, @Nullable String content) {
        return new ContentHash(new Sha256().addPart(title).addPart(content).hex());
    }
}
