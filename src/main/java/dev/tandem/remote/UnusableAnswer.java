package dev.tandem.remote;

import java.io.Serial;

/** The answer of a server is not what was asked for. The message is a sentence, and repeats nothing of the answer. */
public final class UnusableAnswer extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    public UnusableAnswer(String sentence) {
        super(sentence, null, false, false);
    }
}
