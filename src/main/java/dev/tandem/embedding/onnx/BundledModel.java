package dev.tandem.embedding.onnx;

import java.io.IOException;
import java.io.InputStream;

/** The models on the class path. Both are for English, quantised to 8 bits, with 384 dimensions. */
enum BundledModel {
    /** Sentence Transformers' all-MiniLM-L6-v2. It accepts 510 tokens but is made for 254. */
    ALL_MINILM_L6_V2("all-minilm-l6-v2", 254, 200, Pooling.MEAN, ""),
    /** BAAI's bge-small-en-v1.5, which expects an instruction in front of queries. */
    BGE_SMALL_EN_V15(
            "bge-small-en-v1.5", 510, 480, Pooling.FIRST, "Represent this sentence for searching relevant passages: ");

    static final int DIMENSIONS = 384;

    private static final String QUANTISED = "-q";

    private final String publicName;
    private final int maxTokens;
    private final int chunkTokens;
    private final Pooling pooling;
    private final String queryInstruction;

    BundledModel(String publicName, int maxTokens, int chunkTokens, Pooling pooling, String queryInstruction) {
        this.publicName = publicName;
        this.maxTokens = maxTokens;
        this.chunkTokens = chunkTokens;
        this.pooling = pooling;
        this.queryInstruction = queryInstruction;
    }

    String publicName() {
        return publicName;
    }

    int maxTokens() {
        return maxTokens;
    }

    /** The length of chunks with which hybrid searches of several collections were best: docs/decisions, 19. */
    int chunkTokens() {
        return chunkTokens;
    }

    Pooling pooling() {
        return pooling;
    }

    /** The instruction that the model expects in front of a query, but not of a chunk. */
    String queryInstruction() {
        return queryInstruction;
    }

    byte[] graph() throws IOException {
        try (InputStream in = open(".onnx")) {
            return in.readAllBytes();
        }
    }

    Vocabulary vocabulary() throws IOException {
        try (InputStream in = open("-tokenizer.json")) {
            return Vocabulary.read(in);
        }
    }

    private InputStream open(String suffix) throws IOException {
        String resource = publicName + QUANTISED;
        InputStream in = BundledModel.class.getClassLoader().getResourceAsStream(resource + suffix);
        if (in == null) {
            throw new IOException("There is no " + resource + suffix + " on the class path.");
        }
        return in;
    }
}
