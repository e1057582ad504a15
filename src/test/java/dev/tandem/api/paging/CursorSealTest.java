package dev.tandem.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.domain.Sha256;
import dev.tandem.domain.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorSealTest {

    private static final byte[] SECRET = "secret of these tests".getBytes(StandardCharsets.UTF_8);

    private final CursorSeal seal = new CursorSeal(SECRET, "ada", "list");

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ä/😀\u0000", "{\"a\": 1}"})
    void opensWhatItHasClosed(String text) {
        assertThat(seal.open(seal.close(text))).isEqualTo(text);
        assertThat(new CursorSeal(SECRET.clone(), "ada", "list").open(seal.close(text)))
                .isEqualTo(text);
    }

    @Test
    void opensNothingOfAnotherSecretCallerOrList() {
        String closed = seal.close("a");
        byte[] other = SECRET.clone();
        other[0]++;
        refuses(new CursorSeal(other, "ada", "list"), closed);
        refuses(new CursorSeal(SECRET, "bob", "list"), closed);
        refuses(new CursorSeal(SECRET, "", "list"), closed);
        refuses(new CursorSeal(SECRET, "ada", "lists"), closed);
        // The same octets, divided at another place.
        refuses(new CursorSeal(SECRET, "adal", "ist"), closed);
        refuses(new CursorSeal(SECRET, "ada", "lis"), new CursorSeal(SECRET, "ada", "list").close(""));
    }

    @Test
    void noOctetMayChangeOrBeMissing() {
        byte[] closed = Base64.getUrlDecoder().decode(seal.close("place"));
        for (int i = 0; i < closed.length; i++) {
            byte[] altered = closed.clone();
            altered[i] ^= 1;
            refuses(seal, Base64.getUrlEncoder().encodeToString(altered));
            refuses(seal, Base64.getUrlEncoder().encodeToString(Arrays.copyOf(closed, i)));
        }
    }

    /** So were cursors once, and everybody could make them. */
    @Test
    void aHashIsNoSignature() {
        byte[] text = "a".getBytes(StandardCharsets.UTF_8);
        byte[] hash = new Sha256().addPart("list").add(text).bytes();
        for (int length : new int[] {12, 16}) {
            byte[] made = Arrays.copyOf(hash, length + 1);
            made[length] = text[0];
            refuses(seal, Base64.getUrlEncoder().withoutPadding().encodeToString(made));
        }
    }

    private static void refuses(CursorSeal seal, String closed) {
        assertThatThrownBy(() -> seal.open(closed))
                .isInstanceOfSatisfying(Refusal.Malformed.class, refusal -> assertThat(refusal.code())
                        .isEqualTo("cursor.foreign"));
    }
}
