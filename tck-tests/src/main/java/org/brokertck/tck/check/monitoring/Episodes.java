package org.brokertck.tck.check.monitoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.brokertck.api.monitoring.AlertState;
import org.brokertck.tck.history.Moment;
import org.brokertck.tck.history.monitoring.AlertHistory;
import org.brokertck.tck.history.monitoring.AlertMoment;

/** Which entries of the monitor's history belong to which span: those that come from its beginning on and before the next one. */
final class Episodes {
    private final Map<Span, List<AlertMoment>> entries = new LinkedHashMap<>();
    private final List<AlertMoment> strays = new ArrayList<>();

    private Episodes(AlertHistory history) {
        List<Span> spans = Span.of(history);
        spans.forEach(it -> entries.put(it, new ArrayList<>()));
        for (AlertMoment entry : history.entries()) {
            spanOf(entry, spans).ifPresentOrElse(it -> entries(it).add(entry), () -> strays.add(entry));
        }
    }

    static Episodes of(AlertHistory history) {
        return new Episodes(history);
    }

    /**
     * The last span that began by then. At the very moment when one ends and the next one begins, an end belongs to the one that fired
     * and has none yet.
     */
    private Optional<Span> spanOf(AlertMoment entry, List<Span> spans) {
        List<Span> begun = spans.stream()
                .filter(it -> it.key().equals(entry.key()) && it.from() <= entry.atMillis())
                .sorted(Comparator.comparingLong(Span::from).reversed())
                .toList();
        if (entry.alert().state() == AlertState.RESOLVED) {
            Optional<Span> unfinished = begun.stream().filter(this::awaitsEnd).findFirst();
            if (unfinished.isPresent()) {
                return unfinished;
            }
        } else {
            Optional<Span> due = begun.stream()
                    .filter(it -> it.due() <= entry.atMillis()
                            && entry.atMillis() <= it.to()
                            && fired(it).isEmpty())
                    .reduce((later, earlier) -> earlier);
            if (due.isPresent()) {
                return due;
            }
        }
        return begun.stream().findFirst();
    }

    private boolean awaitsEnd(Span span) {
        return !fired(span).isEmpty() && resolved(span).isEmpty();
    }

    private List<AlertMoment> entries(Span span) {
        return entries.getOrDefault(span, List.of());
    }

    Iterable<Span> spans() {
        return entries.keySet();
    }

    /** Entries from before any span of their rule and queue. */
    List<AlertMoment> strays() {
        return strays;
    }

    List<AlertMoment> fired(Span span) {
        return in(span, AlertState.FIRING);
    }

    List<AlertMoment> resolved(Span span) {
        return in(span, AlertState.RESOLVED);
    }

    private List<AlertMoment> in(Span span, AlertState state) {
        return entries(span).stream().filter(it -> it.alert().state() == state).toList();
    }

    /** The recordings of the queue and the entries, for a timeline. */
    static List<Moment> witnesses(AlertHistory history, String key, String queue) {
        List<Moment> moments = new ArrayList<>();
        history.readings().stream().filter(it -> it.queue().equals(queue)).forEach(moments::add);
        history.entries().stream().filter(it -> it.key().equals(key)).forEach(moments::add);
        return moments;
    }
}
