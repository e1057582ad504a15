package dev.tandem.api.parked;

import dev.tandem.domain.document.ParkedTask;
import java.util.List;

/** Documents whose embedding was given up, the latest first. */
public record ParkedListView(List<ParkedTask> items) {}
