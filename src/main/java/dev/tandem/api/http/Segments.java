package dev.tandem.api.http;

/** Segments of paths. */
public final class Segments {

    /**
     * The pattern of a parameter before a colon, as in {@code {name}:rebuild}. JAX-RS looks for such a segment from every character of the path
     * on, which takes the square of its length; with this, it finds at once that only the first one follows a slash.
     */
    public static final String WHOLE = "(?<=/)[^/]+?";

    private Segments() {}
}
