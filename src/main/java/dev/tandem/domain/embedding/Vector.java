package dev.tandem.domain.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A point in an embedding space: finite numbers in single precision. Immutable, and equal by content. */
public final class Vector {

    private final float[] components;

    private Vector(float[] components) {
        this.components = components;
    }

    /** A copy of these components. */
    public static Vector of(float... components) {
        return new Vector(components.clone());
    }

    /** The inverse of {@link #toBytes()}. */
    public static Vector ofBytes(byte[] bytes) {
        float[] components = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(components);
        return new Vector(components);
    }

    /** The components as float32, little-endian. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(components.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(components);
        return bytes.array();
    }

    /** A copy of the components. */
    public float[] toArray() {
        return components.clone();
    }

    public int dimensions() {
        return components.length;
    }

    public double dot(Vector other) {
        double sum = 0;
        for (int i = 0; i < components.length; i++) {
            sum += (double) components[i] * other.components[i];
        }
        return sum;
    }

    /** The Euclidean norm. */
    public double length() {
        return Math.sqrt(dot(this));
    }

    public double squaredDistance(Vector other) {
        double sum = 0;
        for (int i = 0; i < components.length; i++) {
            double difference = (double) components[i] - other.components[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** The vector of length 1 in the same direction. The length of this one must not be 0. */
    public Vector normalized() {
        double length = length();
        float[] unit = new float[components.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (components[i] / length);
        }
        return new Vector(unit);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector vector && Arrays.equals(components, vector.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "Vector[" + components.length + "]";
    }
}
