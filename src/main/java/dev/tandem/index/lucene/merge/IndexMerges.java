package dev.tandem.index.lucene.merge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.FilterMergePolicy;
import org.apache.lucene.index.MergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.util.IOSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which segments of an index become one. While the index changes, Lucene's tiers decide, for which writing is cheap. When it rests, it is merged
 * down, because each segment costs every search: first what is small, and so has no graph, then the rest.
 *
 * <p>A segment is merged down only if those that are smaller are together a good part of it, so that what is written stays in proportion to what
 * has changed, and never into one that would be larger than {@link #LARGEST}.
 */
public final class IndexMerges extends FilterMergePolicy {

    private static final double FLOOR_MB = 8;

    /**
     * A small segment is one file, because otherwise there would be too many files. In large segments, the full vectors have their own
     * file, which is not memory-mapped.
     */
    private static final double LARGEST_COMPOUND_MB = 4;

    /** In bytes: merging more takes too long, and a search of several such segments is slower by a little only. */
    private static final long LARGEST = 4L << 30;

    /** Fewer documents and chunks have no graph, or a small one. */
    private static final int FEW = 20_000;

    /** A segment may be so many times larger than all that are smaller. */
    private static final int RATIO = 4;

    /** What is merged stays on the disk until the next commit. A merge that fails would end the writer, so there must be more than enough room. */
    private static final int ROOM = 2;

    private final IOSupplier<Long> room;
    private volatile boolean resting;
    private final AtomicBoolean tookPlace = new AtomicBoolean();

    /** @param room how many bytes more the disk can take */
    public IndexMerges(IOSupplier<Long> room) {
        super(tiers());
        this.room = room;
    }

    private static MergePolicy tiers() {
        TieredMergePolicy tiers = new TieredMergePolicy();
        tiers.setFloorSegmentMB(FLOOR_MB);
        tiers.setMaxCFSSegmentSizeMB(LARGEST_COMPOUND_MB);
        return tiers;
    }

    /** Says whether the index rests. Once it no longer does, no more is merged down. */
    public void rest(boolean resting) {
        this.resting = resting;
    }

    /** Whether segments were merged down since this was last asked. */
    public boolean tookPlace() {
        return tookPlace.getAndSet(false);
    }

    /** What a merge down does next. Lucene asks again when that is done. */
    @Override
    public @Nullable MergeSpecification findForcedMerges(
            SegmentInfos infos, int most, Map<SegmentCommitInfo, Boolean> wanted, MergeContext context)
            throws IOException {
        List<Sized> free = free(infos, context);
        List<Sized> few =
                free.stream().filter(segment -> segment.documents() < FEW).toList();
        List<Sized> next = together(few).size() > 1 ? together(few) : together(free);
        if (!resting || next.size() < 2 || room.get() < ROOM * bytes(next)) {
            return null;
        }
        MergeSpecification merges = new MergeSpecification();
        merges.add(new CourteousMerge(next.stream().map(Sized::info).toList(), () -> tookPlace.set(true)));
        return merges;
    }

    private static long bytes(List<Sized> segments) {
        return segments.stream().mapToLong(Sized::bytes).sum();
    }

    /** Without what its deleted documents take. */
    private record Sized(SegmentCommitInfo info, long bytes) {
        int documents() {
            return info.info.maxDoc();
        }
    }

    /** What no merge is at work on, smallest first. */
    private List<Sized> free(SegmentInfos infos, MergeContext context) throws IOException {
        Set<SegmentCommitInfo> busy = context.getMergingSegments();
        List<Sized> free = new ArrayList<>();
        for (SegmentCommitInfo info : infos) {
            if (!busy.contains(info)) {
                free.add(new Sized(info, size(info, context)));
            }
        }
        free.sort(Comparator.comparingLong(Sized::bytes));
        return free;
    }

    /** As many of the smallest as belong together. */
    private static List<Sized> together(List<Sized> segments) {
        int end = 0;
        long smaller = 0;
        for (int i = 0; i < segments.size(); i++) {
            long bytes = segments.get(i).bytes();
            if (smaller + bytes > LARGEST) {
                break;
            }
            if (bytes <= RATIO * smaller) {
                end = i + 1;
            }
            smaller += bytes;
        }
        return segments.subList(0, end);
    }
}
