package dev.tandem.embedding.onnx;

import java.nio.FloatBuffer;

/** How the vectors of a text's tokens become the vector of the text. */
enum Pooling {
    /** The mean of all token vectors, special tokens included. */
    MEAN {
        @Override
        float[] pool(FloatBuffer states, int dimensions) {
            float[] sum = new float[dimensions];
            while (states.hasRemaining()) {
                for (int i = 0; i < dimensions; i++) {
                    sum[i] += states.get();
                }
            }
            return sum;
        }
    },
    /** The vector of the first token, {@code [CLS]}. */
    FIRST {
        @Override
        float[] pool(FloatBuffer states, int dimensions) {
            float[] first = new float[dimensions];
            states.get(first);
            return first;
        }
    };

    /** @return the pooled vector, of any length: only its direction counts */
    abstract float[] pool(FloatBuffer states, int dimensions);
}
