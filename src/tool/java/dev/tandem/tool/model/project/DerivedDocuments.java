package dev.tandem.tool.model.project;

import dev.tandem.tool.model.types.ModelName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The collection that has the records of a model as documents. It is made by the service, and goes with the table of the records. */
record DerivedDocuments(ModelName model) {

    /** The scripts; those in this folder, which drop the table, delete the collection first. */
    Map<Path, String> removedBy(Map<Path, String> scripts, Path folder) {
        Map<Path, String> all = new LinkedHashMap<>(scripts);
        all.replaceAll((path, text) -> path.startsWith(folder) ? behindHeader(text) : text);
        return all;
    }

    /** {@code ./db} reads the comments that a script begins with. */
    private String behindHeader(String script) {
        int end = script.indexOf("\n\n") + 2;
        return script.substring(0, end) + deletion() + script.substring(end);
    }

    /** Followers find the collection gone. Its revisions have no foreign key. */
    private String deletion() {
        String derived = "name = '" + model.path() + "' and settings ->> 'derivedFrom' = '" + model.table() + "'";
        return """
                -- The documents of the records, which are derived from them.
                delete from revision where collection_id in (select id from collection where %1$s);
                delete from collection where %1$s;

                """.formatted(derived);
    }
}
