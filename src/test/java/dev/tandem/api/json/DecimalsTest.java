package dev.tandem.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

/** Whatever the number, the float is the one that Java's own, slower reader makes of it. */
@Execution(CONCURRENT)
class DecimalsTest {

    private static final int TIMES = 200_000;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void readsWhatIsSpecial() {
        String numbers = """
                0 -0 0.0 -0.0 0e7 0.000e-99999 1 -1 10 1e0 1E+2 1e-2 1.5e22 1.5e-23 0.1 0.30000001192092896
                3.4028235e38 3.4028236e38 1e39 -1e39 1e999999999 1e-999999999 1e99999999999999999999 1.4e-45 7e-46 7.1e-46
                16777217 16777219 9007199254740993 123456789012345678 1234567890123456789012345678901234567890
                0.00000000000000000000000000000000000000000000000012345e40 Infinity -Infinity NaN
                """;
        numbers.lines().flatMap(line -> Arrays.stream(line.split(" "))).forEach(this::assertSame);
    }

    @Test
    void readsWhatFloatsAndDoublesAreWrittenAs() {
        for (int i = 0; i < TIMES; i++) {
            float some = Float.intBitsToFloat(random.nextInt());
            float component = random.nextFloat() - 0.5f;
            double wider = random.nextDouble() - 0.5;
            if (Float.isFinite(some)) {
                assertSame(Float.toString(some));
                assertSame(Double.toString(some));
                assertSame(new BigDecimal(some).toPlainString());
            }
            assertSame(Float.toString(component));
            assertSame(Double.toString(component));
            assertSame(Double.toString(wider));
        }
    }

    /** Where a bit decides: halfway between two floats, and next to it. */
    @Test
    void roundsAsItShould() {
        for (int i = 0; i < TIMES; i++) {
            float low = random.nextBoolean() ? random.nextFloat() : Float.intBitsToFloat(random.nextInt(0x7f000000));
            BigDecimal half =
                    new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.valueOf(2));
            BigDecimal digit = half.ulp().movePointRight(random.nextInt(Math.min(40, half.precision())));
            assertSame(half.toString());
            assertSame(half.add(digit).toString());
            assertSame(half.subtract(digit).toString());
        }
    }

    @Test
    void readsAnyDigits() {
        for (int i = 0; i < TIMES; i++) {
            StringBuilder number = new StringBuilder(random.nextBoolean() ? "-" : "");
            digits(number, random.nextInt(1, 25));
            if (random.nextBoolean()) {
                digits(number.append('.'), random.nextInt(1, 25));
            }
            if (random.nextBoolean()) {
                number.append(random.nextBoolean() ? "e" : "E-").append(random.nextInt(50));
            }
            assertSame(number.toString());
        }
    }

    private void digits(StringBuilder number, int count) {
        for (int i = 0; i < count; i++) {
            number.append(random.nextInt(10));
        }
    }

    private void assertSame(String number) {
        char[] text = ("[" + number + ",").toCharArray();
        assertThat(Float.floatToIntBits(Decimals.toFloat(text, 1, number.length())))
                .as("%s, seed %d", number, seed)
                .isEqualTo(Float.floatToIntBits(Float.parseFloat(number)));
    }
}
