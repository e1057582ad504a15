package dev.tandem.factory.access;

import dev.tandem.domain.access.Grant;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.domain.refusal.Violations;
import dev.tandem.factory.access.ApiKeyDraft.GrantDraft;
import dev.tandem.factory.rules.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for grants: what names collections, and which words name rights. */
public final class GrantRules {

    private static final int MOST = 100;

    private static final Pattern COLLECTIONS =
            Pattern.compile("[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?|(?:[a-z0-9][a-z0-9_-]{0,62})?\\*");

    private GrantRules() {}

    /** The grants of a draft. Adds a violation for each that cannot be read. */
    static Grants read(@Nullable List<@Nullable GrantDraft> drafts, String pointer, Violations violations) {
        List<Grant> grants = new ArrayList<>();
        List<@Nullable GrantDraft> said = drafts == null ? List.of() : drafts;
        if (!violations.require(
                !said.isEmpty() && said.size() <= MOST, pointer, "key.grants", "A key has 1 to " + MOST + " grants.")) {
            return Grants.NONE;
        }
        for (int i = 0; i < said.size(); i++) {
            grants.add(read(said.get(i), pointer + "/" + i, violations));
        }
        return new Grants(grants);
    }

    private static Grant read(@Nullable GrantDraft draft, String pointer, Violations violations) {
        String collections = draft == null || draft.collections() == null ? "" : draft.collections();
        violations.require(
                isPattern(collections),
                pointer + "/collections",
                "key.grant.collections",
                "A collection's name, the beginning of names and an asterisk, or an asterisk alone.");
        String right = draft == null || draft.right() == null ? "" : draft.right();
        return new Grant(collections, Choice.of(Right.class, right, Right.READ, pointer + "/right", violations));
    }

    /** Whether it names collections as grants do. */
    public static boolean isPattern(String collections) {
        return COLLECTIONS.matcher(collections).matches();
    }
}
