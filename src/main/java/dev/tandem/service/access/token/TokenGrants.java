package dev.tandem.service.access.token;

import dev.tandem.domain.access.Grant;
import dev.tandem.domain.access.Grants;
import dev.tandem.domain.access.Right;
import dev.tandem.factory.access.GrantRules;
import dev.tandem.factory.rules.Choice;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the groups in tokens may do, by configuration. */
final class TokenGrants {

    private final Map<String, List<Grant>> byGroup = new HashMap<>();

    /** @throws IllegalStateException if a grant cannot be read; the message says which */
    TokenGrants(Map<String, List<String>> configured) {
        configured.forEach((group, grants) -> byGroup.put(
                group, grants.stream().map(grant -> read(group, grant)).toList()));
    }

    /** What the groups may do together. */
    Grants of(Collection<String> groups) {
        return new Grants(groups.stream()
                .flatMap(group -> byGroup.getOrDefault(group, List.of()).stream())
                .toList());
    }

    private static Grant read(String group, String grant) {
        String[] parts = grant.strip().split(":", 2);
        Optional<Right> right = Choice.find(Right.class, parts[0]);
        if (right.isEmpty() || parts.length < 2 || !GrantRules.isPattern(parts[1])) {
            throw new IllegalStateException("tandem.access.token.grants.\"" + group + "\" has '" + grant
                    + "', which is not a right, a colon and collections, such as read:articles or write:tenant-*.");
        }
        return new Grant(parts[1], right.get());
    }
}
