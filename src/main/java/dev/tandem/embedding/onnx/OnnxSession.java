package dev.tandem.embedding.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tandem.domain.embedding.Vector;
import java.io.IOException;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/** A model in memory, outside the heap. Any number of threads may use it at once; each computes by itself. */
final class OnnxSession implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Pooling pooling;

    private OnnxSession(byte[] graph, Pooling pooling) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(graph, options);
        }
        this.pooling = pooling;
    }

    static OnnxSession open(BundledModel model) throws IOException, OrtException {
        return new OnnxSession(model.graph(), model.pooling());
    }

    /**
     * Loads the library that runs models; it is first unpacked to a temporary file. The library's own class loads it when that class is
     * initialised, so there is only one attempt: after a failure, every call fails with another {@link LinkageError} until the process
     * restarts.
     */
    static void loadLibrary() {
        OrtEnvironment.getEnvironment();
    }

    /** The unit vector of a text, given the numbers of its tokens. */
    Vector run(long[] tokens) {
        long[] shape = {1, tokens.length};
        long[] ones = new long[tokens.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, LongBuffer.wrap(tokens), shape);
                OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
                OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.allocate(tokens.length), shape);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            OnnxTensor states = (OnnxTensor) result.get(0);
            return Vector.of(pooling.pool(states.getFloatBuffer(), BundledModel.DIMENSIONS))
                    .normalized();
        } catch (OrtException e) {
            throw new IllegalStateException("A text could not be embedded.", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("An embedding model could not be released.", e);
        }
    }
}
