package dev.tandem.embedding.onnx;

/** The default model without what is around it in the service: for comparing with it. */
public final class BareModel implements AutoCloseable {

    private final OnnxModel model = new OnnxModel(BundledModel.ALL_MINILM_L6_V2);

    /** Embeds a text on the caller's thread. */
    public void embed(String text) {
        model.embed(text);
    }

    @Override
    public void close() {
        model.close();
    }
}
