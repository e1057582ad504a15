package dev.tandem.api.gate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Checks UTF-8 strictly. Jackson would accept overlong forms, and code points above U+10FFFF. */
public final class Utf8 {

    private static final int PIECE = 8_192;

    private Utf8() {}

    /** Whether all of the octets are valid UTF-8. */
    public static boolean isValid(byte[] octets) {
        int ascii = 0;
        while (ascii < octets.length && octets[ascii] >= 0) {
            ascii++;
        }
        if (ascii == octets.length) {
            return true;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(octets, ascii, octets.length - ascii);
        CharBuffer out = CharBuffer.allocate(Math.min(PIECE, in.remaining()));
        var result = decoder.decode(in, out, true);
        while (result.isOverflow()) {
            result = decoder.decode(in, out.clear(), true);
        }
        return !result.isError();
    }
}
