package dev.tandem.api.paging;

import dev.tandem.domain.HmacSha256;
import dev.tandem.domain.refusal.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Makes a text opaque for clients, and refuses what was not made here, for this caller and for this purpose. The text is signed, not
 * encrypted: a client that may read one page may read any page.
 */
final class CursorSeal {

    private static final int SIGNATURE_LENGTH = 16;

    private final byte[] secret;
    private final byte[] context;

    /**
     * @param secret shared by all replicas
     * @param caller for whom a text is sealed
     * @param purpose what it is for
     */
    CursorSeal(byte[] secret, String caller, String purpose) {
        this.secret = secret;
        this.context = parts(caller, purpose);
    }

    String close(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        byte[] signature = signature(octets);
        ByteBuffer sealed = ByteBuffer.allocate(signature.length + octets.length)
                .put(signature)
                .put(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.array());
    }

    /** @throws Refusal.Malformed if it isn't what {@link #close} made */
    String open(String sealed) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed);
            if (all.length < SIGNATURE_LENGTH) {
                throw foreign();
            }
            byte[] octets = Arrays.copyOfRange(all, SIGNATURE_LENGTH, all.length);
            if (!MessageDigest.isEqual(Arrays.copyOf(all, SIGNATURE_LENGTH), signature(octets))) {
                throw foreign();
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw foreign();
        }
    }

    /** The refusal of a text that was not made here. */
    static Refusal foreign() {
        return new Refusal.Malformed(
                "cursor.foreign",
                "/cursor",
                "This cursor does not come from a page of this list or search. Begin without a cursor if something else is asked for.");
    }

    private byte[] signature(byte[] octets) {
        return Arrays.copyOf(HmacSha256.of(secret, context, octets), SIGNATURE_LENGTH);
    }

    /** With their lengths, so that no end of one part can be the beginning of the next. */
    private static byte[] parts(String caller, String purpose) {
        byte[] first = caller.getBytes(StandardCharsets.UTF_8);
        byte[] second = purpose.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 * Integer.BYTES + first.length + second.length)
                .putInt(first.length)
                .put(first)
                .putInt(second.length)
                .put(second)
                .array();
    }
}
