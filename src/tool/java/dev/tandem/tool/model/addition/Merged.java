package dev.tandem.tool.model.addition;

/**
 * What a text has become that two have changed.
 *
 * @param text with the changes of both; where both have changed the same lines, they are as they were
 * @param wanted the same, but where both have changed the same lines, they are as the tool writes them
 */
record Merged(String text, String wanted) {

    /** Whether nobody has to decide anything. */
    boolean isClean() {
        return text.equals(wanted);
    }
}
