package dev.tandem.domain.facet;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;

/** Cuts time into years, months and so on, as the clocks of a time zone show them. */
public record Calendar(Step step, ZoneId zone) {

    /** How long the parts are. */
    public enum Step {
        YEAR,
        QUARTER,
        MONTH,
        /** From Monday on. */
        WEEK,
        DAY,
        HOUR
    }

    private static final int MONTHS_OF_QUARTER = 3;

    /** The beginnings of the parts from the one with the first instant to the one with the last; no more than {@code most} of them, and one. */
    public List<ZonedDateTime> beginnings(Instant first, Instant last, int most) {
        List<ZonedDateTime> beginnings = new ArrayList<>();
        ZonedDateTime next = beginning(first.atZone(zone));
        while (!next.toInstant().isAfter(last) && beginnings.size() <= most) {
            // A day that the clocks of a zone left out begins when the next one does.
            if (beginnings.isEmpty()
                    || next.toInstant().isAfter(beginnings.getLast().toInstant())) {
                beginnings.add(next);
            }
            next = following(next);
        }
        return beginnings;
    }

    private ZonedDateTime beginning(ZonedDateTime time) {
        LocalDate day = time.toLocalDate();
        return switch (step) {
            case YEAR -> day.withDayOfYear(1).atStartOfDay(zone);
            case QUARTER ->
                day.withDayOfMonth(1)
                        .withMonth((day.getMonthValue() - 1) / MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1)
                        .atStartOfDay(zone);
            case MONTH -> day.withDayOfMonth(1).atStartOfDay(zone);
            case WEEK ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay(zone);
            case DAY -> day.atStartOfDay(zone);
            case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
        };
    }

    /** From the date, and not from the instant: a day has not always 24 hours, and does not always begin at midnight. */
    private ZonedDateTime following(ZonedDateTime beginning) {
        LocalDate day = beginning.toLocalDate();
        return switch (step) {
            case YEAR -> day.plusYears(1).atStartOfDay(zone);
            case QUARTER -> day.plusMonths(MONTHS_OF_QUARTER).atStartOfDay(zone);
            case MONTH -> day.plusMonths(1).atStartOfDay(zone);
            case WEEK -> day.plusWeeks(1).atStartOfDay(zone);
            case DAY -> day.plusDays(1).atStartOfDay(zone);
            case HOUR -> beginning.plusHours(1);
        };
    }
}
