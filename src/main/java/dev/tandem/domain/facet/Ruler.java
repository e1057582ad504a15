package dev.tandem.domain.facet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Cuts numbers into intervals of one width, exactly: each begins at the offset or a multiple of the width away from it, and belongs to what it begins with.
 *
 * @param width greater than 0
 */
public record Ruler(BigDecimal width, BigDecimal offset) {

    /** Where the interval with a number begins. */
    public BigDecimal beginning(BigDecimal number) {
        return offset.add(width.multiply(new BigDecimal(place(number))));
    }

    /** Where the interval begins that is so many behind the one that begins here. */
    public BigDecimal after(BigDecimal beginning, long intervals) {
        return beginning.add(width.multiply(BigDecimal.valueOf(intervals)));
    }

    /** How many intervals there are from the one with the least number to the one with the greatest. */
    public BigInteger intervals(BigDecimal least, BigDecimal greatest) {
        return place(greatest).subtract(place(least)).add(BigInteger.ONE);
    }

    private BigInteger place(BigDecimal number) {
        return number.subtract(offset).divide(width, 0, RoundingMode.FLOOR).unscaledValue();
    }
}
