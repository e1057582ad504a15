package dev.tandem.domain.metadata.geo;

/** The places whose numbers are between these, which belong to it. */
public record GeoRectangle(double south, double west, double north, double east) {

    boolean contains(GeoPoint point) {
        return point.lat() >= south && point.lat() <= north && point.lon() >= west && point.lon() <= east;
    }
}
