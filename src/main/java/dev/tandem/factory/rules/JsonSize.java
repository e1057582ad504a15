package dev.tandem.factory.rules;

/** Measures a text as JSON. */
final class JsonSize {

    private JsonSize() {}

    /** In bytes of UTF-8, including the quotes and the escapes that JSON demands. */
    static int of(String text) {
        int bytes = 2 + text.length();
        for (int i = 0; i < text.length(); i++) {
            bytes += extra(text.charAt(i));
        }
        return bytes;
    }

    /** How many bytes a UTF-16 unit takes beyond one. Each half of a surrogate pair stands for two of the pair's four bytes. */
    private static int extra(char c) {
        if (c < ' ') {
            return isShortEscape(c) ? 1 : 5;
        }
        if (c < 0x80) {
            return c == '"' || c == '\\' ? 1 : 0;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }

    private static boolean isShortEscape(char c) {
        return c == '\b' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
