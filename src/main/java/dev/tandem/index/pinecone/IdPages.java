package dev.tandem.index.pinecone;

import dev.tandem.index.pinecone.http.DataPlane;
import dev.tandem.index.pinecone.http.DataPlane.IdPage;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ids of records in one namespace, in their order. Pinecone lists from the beginning of a prefix only. So a list that begins in
 * the middle first looks for the longest prefix of its place that has no more ids than one page, and goes on with the prefixes after it.
 */
record IdPages(DataPlane plane, String namespace) {

    private static final String DIGITS = "0123456789abcdef";

    /** All ids with this prefix, or the first ones. */
    Uni<List<String>> all(String prefix, int limit) {
        return add(new ArrayList<>(), prefix, limit, null);
    }

    private Uni<List<String>> add(List<String> found, String prefix, int limit, @Nullable String token) {
        int wanted = Math.min(DataPlane.PAGE, limit - found.size());
        return plane.list(namespace, prefix, wanted, token).chain(page -> {
            found.addAll(page.ids());
            return page.next() == null || found.size() >= limit
                    ? Uni.createFrom().item(found)
                    : add(found, prefix, limit, page.next());
        });
    }

    /** The next ids after this one, which are made of hexadecimal digits and hyphens in the same places. */
    Uni<List<String>> after(String id, int limit) {
        return onePage(id, 0, id.length(), new IdPage(List.of(), null)).chain(start -> {
            List<String> found = new ArrayList<>();
            start.page.ids().stream().filter(each -> each.compareTo(id) > 0).forEach(found::add);
            return fill(found, following(id, start.length), limit);
        });
    }

    private record Start(int length, IdPage page) {}

    /** The shortest prefix that has one page: its length is between these two, and the page is that of the longer one. */
    private Uni<Start> onePage(String id, int least, int most, IdPage page) {
        if (least == most) {
            return Uni.createFrom().item(new Start(most, page));
        }
        int middle = (least + most) / 2;
        return plane.list(namespace, id.substring(0, middle), DataPlane.PAGE, null)
                .chain(found ->
                        found.next() == null ? onePage(id, least, middle, found) : onePage(id, middle + 1, most, page));
    }

    /** The prefixes of all greater ids that do not begin with the first {@code length} characters of this one. */
    private static Deque<String> following(String id, int length) {
        Deque<String> prefixes = new ArrayDeque<>();
        for (int at = length - 1; at >= 0; at--) {
            for (int digit = DIGITS.indexOf(id.charAt(at)) + 1; id.charAt(at) != '-' && digit < 16; digit++) {
                prefixes.add(id.substring(0, at) + DIGITS.charAt(digit));
            }
        }
        return prefixes;
    }

    private Uni<List<String>> fill(List<String> found, Deque<String> prefixes, int limit) {
        if (found.size() >= limit || prefixes.isEmpty()) {
            return Uni.createFrom().item(found.size() > limit ? found.subList(0, limit) : found);
        }
        return all(prefixes.remove(), limit - found.size()).chain(more -> {
            found.addAll(more);
            return fill(found, prefixes, limit);
        });
    }
}
