package dev.tandem.domain.refusal;

import java.util.ArrayList;
import java.util.List;

/** Collects broken rules, so that a client learns of all of them at once. */
public final class Violations {

    private final List<Violation> found = new ArrayList<>();

    public void add(String pointer, String code, String message) {
        found.add(new Violation(pointer, code, message));
    }

    public void addAll(List<Violation> violations) {
        found.addAll(violations);
    }

    /** Adds the violation unless {@code kept}, and returns {@code kept}, for checks that build on each other. */
    public boolean require(boolean kept, String pointer, String code, String message) {
        if (!kept) {
            add(pointer, code, message);
        }
        return kept;
    }

    /** How many violations have been found, for checks that stop after a certain number. */
    public int size() {
        return found.size();
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Throws {@link Refusal.Rejected} (well-formed, but against the rules) if a rule is broken. */
    public void rejectIfAny() {
        if (!found.isEmpty()) {
            throw new Refusal.Rejected(found);
        }
    }

    /** Throws {@link Refusal.Malformed} (cannot be read) if a rule is broken. */
    public void refuseIfAny() {
        if (!found.isEmpty()) {
            throw new Refusal.Malformed(found);
        }
    }
}
