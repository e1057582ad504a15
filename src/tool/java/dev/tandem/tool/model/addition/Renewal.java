package dev.tandem.tool.model.addition;

import dev.tandem.tool.model.project.Change;
import dev.tandem.tool.model.project.Checkout;
import dev.tandem.tool.model.project.Making;
import dev.tandem.tool.model.project.Manifest;
import dev.tandem.tool.model.project.Models;
import dev.tandem.tool.model.project.PageText;
import dev.tandem.tool.model.project.Texts;
import dev.tandem.tool.model.render.Insertion;
import dev.tandem.tool.model.render.Rendered;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what becomes of the files and pages of a model that is written anew. */
final class Renewal {

    private final Checkout checkout;
    private final Making making;
    private final Merge merge;
    private final List<Change> changes = new ArrayList<>();
    private final List<Change> leftovers = new ArrayList<>();

    Renewal(Checkout checkout, Making making) {
        this.checkout = checkout;
        this.making = making;
        this.merge = new Merge(checkout);
    }

    /** What can be made. */
    List<Change> changes() {
        return changes;
    }

    /** What was changed at the same places, or deleted, by somebody else. */
    List<Change> leftovers() {
        return leftovers;
    }

    void renew(Manifest manifest, Rendered now) {
        Map<String, String> before = manifest.texts();
        now.files().forEach((path, text) -> renew(path, before.get(Manifest.key(path)), text));
        Map<Path, List<Insertion>> pages = new LinkedHashMap<>();
        now.insertions().forEach(piece -> pages.computeIfAbsent(piece.page(), page -> new ArrayList<>())
                .add(piece));
        pages.forEach((page, pieces) -> renew(manifest, page, pieces));
    }

    private void renew(Path path, @Nullable String before, String now) {
        if (before == null) {
            changes.add(new Change(path, null, now));
        } else if (!now.equals(before)) {
            switch (Models.state(checkout, Manifest.key(path), Manifest.hash(before))) {
                case GONE -> leftovers.add(new Change(path, null, now));
                case AS_WRITTEN -> changes.add(new Change(path, before, now));
                case CHANGED -> {
                    String yours = Texts.read(checkout.root().resolve(path));
                    add(path, yours, merge.java(yours, before, now));
                }
            }
        }
    }

    private void renew(Manifest manifest, Path path, List<Insertion> pieces) {
        String yours = Texts.read(checkout.root().resolve(path));
        PageText before = new PageText(yours);
        PageText now = before;
        List<String> lost = new ArrayList<>();
        for (Insertion piece : pieces) {
            Optional<String> written = manifest.inserted(piece);
            Optional<String> there = written.flatMap(new PageText(yours)::found);
            if (written.isEmpty()) {
                now = making.inserted(now, piece.text());
            } else if (there.isPresent()) {
                before = before.replaced(there.get(), written.get());
                now = now.replaced(there.get(), piece.text());
            } else if (!written.get().equals(piece.text())) {
                lost.add(piece.text());
            }
        }
        Merged merged = before.text().equals(yours)
                ? new Merged(now.text(), now.text())
                : merge.lines(yours, before.text(), now.text());
        PageText wanted = new PageText(merged.wanted());
        for (String piece : lost) {
            wanted = making.inserted(wanted, piece);
        }
        add(path, yours, new Merged(merged.text(), wanted.text()));
    }

    private void add(Path path, String yours, Merged merged) {
        if (!merged.text().equals(yours)) {
            changes.add(new Change(path, yours, merged.text()));
        }
        if (!merged.isClean()) {
            leftovers.add(new Change(path, merged.text(), merged.wanted()));
        }
    }
}
