package dev.tandem.tool.model;

import java.util.List;

/** Why the tool refuses a command, in one line or several for its user. */
public final class ModelRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ModelRefusal(String message) {
        super(message);
    }

    public ModelRefusal(String message, Throwable cause) {
        super(message, cause);
    }

    /** Throws one refusal that has all reasons, if there are any. */
    public static void ifAny(List<String> reasons) {
        if (!reasons.isEmpty()) {
            throw new ModelRefusal(String.join("\n", reasons));
        }
    }
}
