package dev.tandem.factory.search;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.embedding.Vector;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.domain.search.SearchMode;
import dev.tandem.domain.search.example.Example;
import dev.tandem.domain.search.example.Examples;
import dev.tandem.factory.rules.Choice;
import dev.tandem.factory.rules.TextRules;
import dev.tandem.factory.rules.VectorRules;
import dev.tandem.factory.search.SearchDraft.ExampleDraft;
import dev.tandem.factory.search.SearchDraft.LikeDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for examples that hits are to be like, and unlike. */
final class LikeRules {

    static final int MOST = 10;
    static final int LONGEST_KEY = 256;

    private final Collection owner;
    private final Violations violations;

    private LikeRules(Collection owner, Violations violations) {
        this.owner = owner;
        this.violations = violations;
    }

    /** Null if the search has no examples. */
    static @Nullable Examples check(Collection owner, Scope scope, SearchDraft search, Violations violations) {
        LikeDraft draft = search.examples();
        if (draft == null) {
            return null;
        }
        List<Example> like = new ArrayList<>();
        List<Example> unlike = new ArrayList<>();
        LikeRules rules = new LikeRules(owner, violations);
        if (rules.areSoMany(draft.like(), 1, "/like") && rules.areSoMany(draft.unlike(), 0, "/unlike")) {
            rules.add(draft.like(), "/like/", like);
            rules.add(draft.unlike(), "/unlike/", unlike);
        }
        violations.require(
                search.vector() == null,
                "/vector",
                "search.like.vector",
                "Examples take the place of a vector: add it to them, as {\"vector\": [..]}.");
        violations.require(
                !Choice.word(SearchMode.KEYWORD).equals(search.mode()),
                "/mode",
                "search.like.mode",
                "A keyword search compares no vectors, so it finds nothing that is like examples.");
        return new Examples(like, unlike, scope);
    }

    private boolean areSoMany(@Nullable List<ExampleDraft> examples, int least, String pointer) {
        int count = examples == null ? 0 : examples.size();
        return violations.require(
                count >= least && count <= MOST,
                pointer,
                "search.like.amount",
                "A search has 1 to " + MOST + " examples that hits are like, and up to " + MOST
                        + " that they are unlike.");
    }

    private void add(@Nullable List<ExampleDraft> drafts, String pointer, List<Example> examples) {
        for (int i = 0; drafts != null && i < drafts.size(); i++) {
            Example example = example(drafts.get(i), pointer + i);
            if (example != null) {
                examples.add(example);
            }
        }
    }

    private @Nullable Example example(ExampleDraft draft, String pointer) {
        boolean isOne = Stream.of(draft.key() != null, draft.vector() != null, draft.text() != null)
                        .filter(isGiven -> isGiven)
                        .count()
                == 1;
        if (!isOne) {
            violations.add(pointer, "search.like.example", "An example has either a key, a vector or a text.");
            return null;
        }
        if (draft.key() != null) {
            TextRules.check(draft.key(), LONGEST_KEY, pointer + "/key", violations);
            return new Example.OfKey(draft.key());
        }
        return draft.text() == null ? vector(draft, pointer + "/vector") : text(draft.text(), pointer + "/text");
    }

    private @Nullable Example vector(ExampleDraft draft, String pointer) {
        Vector vector = VectorRules.check(draft.vector(), owner.embedding(), pointer, violations);
        return vector == null ? null : new Example.OfVector(vector);
    }

    private Example text(String text, String pointer) {
        TextRules.check(text, SearchFactory.LONGEST_QUERY, pointer, violations);
        violations.require(!text.isBlank(), pointer, "search.like.example", "A text that is an example is not blank.");
        violations.require(
                owner.embedding().hasModel(),
                pointer,
                "search.like.text",
                "This collection has no model to embed a text with: send a key or a vector.");
        return new Example.OfText(text);
    }
}
