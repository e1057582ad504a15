package dev.tandem.index.pinecone.standin;

/** What the server does instead of answering. */
public enum Fault {
    /** 429 with Retry-After. */
    BUSY,
    /** 503. */
    DOWN,
    /** Never answers. */
    HANG,
    /** Promises more than it sends, and ends the connection. */
    HALF,
    /** Ends the connection at once. */
    CUT,
    /** Does what it was asked for, and then ends the connection without an answer. */
    CUT_AFTER,
    /** Answers 200 with something that is not JSON. */
    JUNK,
    /** Answers 200 with JSON of another form. */
    STRANGE,
    /** Answers 400, and repeats the request with its headers. */
    TALKATIVE
}
