package dev.tandem.factory.metadata;

import dev.tandem.domain.access.Scope;
import dev.tandem.domain.collection.Collection;
import dev.tandem.domain.facet.Facet;
import dev.tandem.domain.facet.FacetQuery;
import dev.tandem.domain.facet.Measure;
import dev.tandem.domain.facet.OwnConditions;
import dev.tandem.domain.metadata.DocumentField;
import dev.tandem.domain.metadata.FieldPath;
import dev.tandem.domain.metadata.Filter;
import dev.tandem.domain.metadata.FilterField;
import dev.tandem.domain.refusal.Refusal;
import dev.tandem.domain.refusal.Violation;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.rules.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads facets: it turns drafts into what is to be counted in a collection, or reports every broken rule. */
public final class FacetReader {

    private static final String POINTER = "/facets";
    private static final int LONGEST_NAME = 256;
    private static final FieldPath UNREADABLE = new FieldPath(List.of("unreadable"));

    private final Collection collection;
    private final Scope scope;
    private final Filter wanted;
    private final Violations violations;

    private FacetReader(Collection collection, Scope scope, Filter wanted, Violations violations) {
        this.collection = collection;
        this.scope = scope;
        this.wanted = wanted;
        this.violations = violations;
    }

    /**
     * Facets of what a scope has of the collection.
     *
     * @param filter as the client sent it; null matches everything
     * @throws Refusal.Malformed if the filter is not valid
     * @throws Refusal.Rejected naming every other broken rule
     */
    public static FacetQuery create(
            Collection collection,
            Scope scope,
            @Nullable Map<String, @Nullable Object> filter,
            @Nullable Map<String, @Nullable FacetDraft> drafts) {
        Filter wanted = filter == null ? Filter.EVERYTHING : collection.read(FilterFactory.create(filter, "/filter"));
        Violations violations = new Violations();
        FacetQuery query = check(collection, collection.read(scope), wanted, drafts, violations);
        violations.rejectIfAny();
        return query;
    }

    /**
     * As {@link #create}, for a request that has more rules.
     *
     * @param scope as the collection reads it
     * @param wanted the request's own filter, as the collection reads it
     */
    public static FacetQuery check(
            Collection collection,
            Scope scope,
            Filter wanted,
            @Nullable Map<String, @Nullable FacetDraft> drafts,
            Violations violations) {
        return new FacetReader(collection, scope, wanted, violations).facets(drafts == null ? Map.of() : drafts);
    }

    private FacetQuery facets(Map<String, @Nullable FacetDraft> drafts) {
        List<Facet> facets = new ArrayList<>();
        if (violations.require(!drafts.isEmpty(), POINTER, "facets.missing", "Name at least one facet.")
                && violations.require(
                        drafts.size() <= FacetQuery.MOST_FACETS,
                        POINTER,
                        "facets.too_many",
                        "A request has at most " + FacetQuery.MOST_FACETS + " facets.")) {
            drafts.forEach((name, draft) -> {
                TextRules.Flaw flaw = TextRules.flaw(name, LONGEST_NAME);
                if (flaw == null) {
                    facets.add(facet(name, draft == null ? FacetDraft.NOTHING : draft));
                } else {
                    violations.add(POINTER, "facet.name", "A facet's name: " + flaw.message(LONGEST_NAME));
                }
            });
        }
        return new FacetQuery(scope.within(wanted), facets);
    }

    private Facet facet(String name, FacetDraft draft) {
        String pointer = POINTER + "/" + Violation.escape(name);
        FilterField field = draft.field() == null ? field(name, pointer) : field(draft.field(), pointer + "/field");
        Measure measure = new MeasureRules(collection, violations).measure(field, draft, pointer);
        Filter filter = Boolean.TRUE.equals(draft.withoutOwn()) ? OwnConditions.without(wanted, field) : wanted;
        return new Facet(name, field, measure, scope.within(filter));
    }

    /** As filters name it. */
    private FilterField field(String written, String pointer) {
        if (written.startsWith("$")) {
            return DocumentField.of(written)
                    .map(FilterField.class::cast)
                    .orElseGet(() -> unreadable(
                            pointer, "There is no such field of a document. Write \\$ for a name that begins with $."));
        }
        FieldPath path = PathRules.read(written, message -> unreadable(pointer, message));
        return path == null ? UNREADABLE : path;
    }

    private FilterField unreadable(String pointer, String message) {
        violations.add(pointer, "facet.field", message);
        return UNREADABLE;
    }
}
