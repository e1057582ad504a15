package dev.tandem.domain.metadata.geo;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies between two parallels and two meridians, edges included. If it begins east of where it ends, it crosses the meridian of 180 degrees.
 *
 * @param topLeft its corner in the north-west
 * @param bottomRight its corner in the south-east, not north of the other
 */
public record GeoBox(GeoPoint topLeft, GeoPoint bottomRight) {

    public boolean contains(GeoPoint point) {
        return rectangles().stream().anyMatch(rectangle -> rectangle.contains(point));
    }

    /**
     * What it consists of. A place may be written in several ways, and belongs to the box in each of them: at 180 degrees also as -180, and at a
     * pole with any longitude.
     */
    public List<GeoRectangle> rectangles() {
        double north = topLeft.lat();
        double south = bottomRight.lat();
        double west = topLeft.lon();
        double east = bottomRight.lon();
        List<GeoRectangle> rectangles = new ArrayList<>();
        if (west <= east) {
            rectangles.add(new GeoRectangle(south, west, north, east));
        } else {
            rectangles.add(new GeoRectangle(south, west, north, GeoPoint.MOST_LON));
            rectangles.add(new GeoRectangle(south, -GeoPoint.MOST_LON, north, east));
        }
        if (west <= east && east == GeoPoint.MOST_LON) {
            rectangles.add(new GeoRectangle(south, -GeoPoint.MOST_LON, north, -GeoPoint.MOST_LON));
        }
        if (west == -GeoPoint.MOST_LON) {
            rectangles.add(new GeoRectangle(south, GeoPoint.MOST_LON, north, GeoPoint.MOST_LON));
        }
        for (double pole : new double[] {-GeoPoint.MOST_LAT, GeoPoint.MOST_LAT}) {
            if (pole >= south && pole <= north) {
                rectangles.add(new GeoRectangle(pole, -GeoPoint.MOST_LON, pole, GeoPoint.MOST_LON));
            }
        }
        return rectangles;
    }
}
