package dev.tandem.domain.metadata.geo;

/**
 * What is not farther from a place than a radius, on the earth as a sphere.
 *
 * @param center the place
 * @param radius in metres, not negative
 */
public record GeoCircle(GeoPoint center, double radius) {

    /** The mean radius of the earth, in metres. */
    public static final double EARTH = 6_371_008.8;

    /** More than any two places on the sphere are apart. */
    private static final double EVERYTHING = 5;

    /** In degrees, about ten centimetres: far more than the arithmetic is wrong by. */
    private static final double MARGIN = 1e-6;

    public boolean contains(GeoPoint point) {
        return SpherePosition.of(point).squareTo(position()) <= limit();
    }

    public SpherePosition position() {
        return SpherePosition.of(center);
    }

    /** The greatest square of a straight line from the center to a place inside, on a sphere with the radius 1. */
    public double limit() {
        double half = radius / EARTH / 2;
        double line = 2 * StrictMath.sin(half);
        return half < Math.PI / 2 ? line * line : EVERYTHING;
    }

    /** A box that has everything in it that the circle has, and a little more. */
    public GeoBox bounds() {
        double reach = StrictMath.toDegrees(radius / EARTH) + MARGIN;
        double north = center.lat() + reach;
        double south = center.lat() - reach;
        boolean hasPole = north >= GeoPoint.MOST_LAT || south <= -GeoPoint.MOST_LAT;
        double aside = hasPole ? GeoPoint.MOST_LON : aside(reach);
        boolean isRound = aside >= GeoPoint.MOST_LON;
        return new GeoBox(
                new GeoPoint(
                        Math.min(north, GeoPoint.MOST_LAT),
                        isRound ? -GeoPoint.MOST_LON : turned(center.lon() - aside)),
                new GeoPoint(
                        Math.max(south, -GeoPoint.MOST_LAT),
                        isRound ? GeoPoint.MOST_LON : turned(center.lon() + aside)));
    }

    /** How far it goes to the east and to the west, in degrees, if no pole is in it. */
    private double aside(double reach) {
        double sine = StrictMath.sin(StrictMath.toRadians(reach)) / StrictMath.cos(StrictMath.toRadians(center.lat()));
        return StrictMath.toDegrees(StrictMath.asin(Math.min(1, sine))) + MARGIN;
    }

    private static double turned(double lon) {
        if (lon < -GeoPoint.MOST_LON) {
            return lon + 2 * GeoPoint.MOST_LON;
        }
        return lon > GeoPoint.MOST_LON ? lon - 2 * GeoPoint.MOST_LON : lon;
    }
}
