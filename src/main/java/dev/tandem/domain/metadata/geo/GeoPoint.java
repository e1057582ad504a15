package dev.tandem.domain.metadata.geo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place by latitude and longitude, in degrees. In metadata it is an object with the numbers {@code lat} and {@code lon}, and any other members.
 *
 * @param lat from -90 to 90
 * @param lon from -180 to 180
 */
public record GeoPoint(double lat, double lon) {

    public static final String LAT = "lat";
    public static final String LON = "lon";

    public static final double MOST_LAT = 90;
    public static final double MOST_LON = 180;

    /** @throws IllegalArgumentException if there is no such place */
    public GeoPoint {
        if (!isLat(lat) || !isLon(lon)) {
            throw new IllegalArgumentException("no place has the latitude " + lat + " and the longitude " + lon);
        }
        // There is one zero.
        lat += 0.0;
        lon += 0.0;
    }

    public static boolean isLat(double degrees) {
        return Math.abs(degrees) <= MOST_LAT;
    }

    public static boolean isLon(double degrees) {
        return Math.abs(degrees) <= MOST_LON;
    }

    /** The place that an object in metadata is; null if it is none. */
    public static @Nullable GeoPoint of(Map<?, ?> members) {
        return members.get(LAT) instanceof Number lat
                        && members.get(LON) instanceof Number lon
                        && isLat(lat.doubleValue())
                        && isLon(lon.doubleValue())
                ? new GeoPoint(lat.doubleValue(), lon.doubleValue())
                : null;
    }
}
