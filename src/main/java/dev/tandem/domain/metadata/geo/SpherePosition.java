package dev.tandem.domain.metadata.geo;

/**
 * A place on a sphere with the radius 1. It is computed by additions and multiplications of doubles in one order, and by no function of a library,
 * so that PostgreSQL computes the very same numbers: {@code database.filter.GeoCondition} writes this in SQL. Whoever changes one must change both.
 */
public record SpherePosition(double x, double y, double z) {

    /**
     * Smaller angles, in degrees, count as none: they are less than an atom, and PostgreSQL raises an error where a product is too small for a
     * double.
     */
    public static final double SMALLEST = 1e-30;

    public static final double RADIANS = 0.017453292519943295;

    private static final double RIGHT_ANGLE = 90;
    private static final double STRAIGHT_ANGLE = 180;

    /** Those of the sine's series after the first power, for each second one. Up to a right angle, the rest is less than a double can tell. */
    private static final double[] COEFFICIENTS = {
        -1.0 / 6,
        1.0 / 120,
        -1.0 / 5_040,
        1.0 / 362_880,
        -1.0 / 39_916_800,
        1.0 / 6_227_020_800L,
        -1.0 / 1_307_674_368_000L,
        1.0 / 355_687_428_096_000L,
        -1.0 / 121_645_100_408_832_000L,
        1.0 / 5.109094217170944e19
    };

    static SpherePosition of(GeoPoint point) {
        double lat = settled(point.lat());
        double lon = settled(point.lon());
        double up = Math.abs(lat);
        double aside = folded(Math.abs(lon));
        double fromAxis = sine(RIGHT_ANGLE - up);
        double ahead = sine(RIGHT_ANGLE - aside);
        double right = sine(aside);
        double above = sine(up);
        return new SpherePosition(
                fromAxis * (Math.abs(lon) <= RIGHT_ANGLE ? ahead : -ahead),
                fromAxis * (lon < 0 ? -right : right),
                lat < 0 ? -above : above);
    }

    public static double[] coefficients() {
        return COEFFICIENTS.clone();
    }

    private static double settled(double degrees) {
        return Math.abs(degrees) < SMALLEST ? 0 : degrees;
    }

    /** The angle up to a right one that has the same sine. */
    private static double folded(double degrees) {
        return degrees <= RIGHT_ANGLE ? degrees : STRAIGHT_ANGLE - degrees;
    }

    /** @param degrees from 0 to 90 */
    private static double sine(double degrees) {
        double angle = degrees * RADIANS;
        double square = angle * angle;
        double sum = COEFFICIENTS[COEFFICIENTS.length - 1];
        for (int i = COEFFICIENTS.length - 2; i >= 0; i--) {
            sum = COEFFICIENTS[i] + square * sum;
        }
        return angle * (1 + square * sum);
    }

    /** The square of the straight line between two places. */
    double squareTo(SpherePosition other) {
        double dx = x - other.x;
        double dy = y - other.y;
        double dz = z - other.z;
        return dx * dx + dy * dy + dz * dz;
    }
}
