package dev.tandem.crash;

/** A line of an import: the document and the state that it is to have. */
record ImportLine(Trail trail, Version intended) {

    String json() {
        return intended.body(trail.collection(), trail.key())
                .put("key", trail.key())
                .encode();
    }

    String request() {
        return "import line " + intended;
    }
}
