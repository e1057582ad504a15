package dev.tandem.api.imports;

import dev.tandem.domain.transfer.RawLine;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Identifies an import's lines, in whatever pieces they arrive: SHA-256 over each line's length and octets. */
final class LineDigest {

    private final MessageDigest digest = sha256();

    void add(List<RawLine> lines) {
        for (RawLine line : lines) {
            digest.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(line.octets().length)
                    .flip());
            digest.update(line.octets());
        }
    }

    /** In lower-case hexadecimal. May be called only once, at the end. */
    String end() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
