package org.brokertck.performance.result;

import java.util.List;
import java.util.Optional;

/**
 * What was found in one scenario.
 *
 * @param id short, for machines
 * @param title for people
 * @param how what was done, in a sentence or two
 * @param ceiling the candidate that the others are told as shares of
 * @param figures of all candidates
 * @param curves of latencies; empty where none were taken
 * @param leftOut candidates that are missing
 */
public record Scenario(
        String id,
        String title,
        String how,
        String ceiling,
        List<Figure> figures,
        List<Curve> curves,
        List<LeftOut> leftOut) {
    /** Isolates the lists. */
    public Scenario {
        figures = List.copyOf(figures);
        curves = List.copyOf(curves);
        leftOut = List.copyOf(leftOut);
    }

    /** The metrics that some candidate has, in their order. */
    public List<Metric> metrics() {
        return figures.stream().map(Figure::metric).distinct().sorted().toList();
    }

    /** The candidates that have figures, in the order in which they came. */
    public List<String> candidates() {
        return figures.stream().map(Figure::candidate).distinct().toList();
    }

    /** A candidate's figure. */
    public Optional<Figure> figure(String candidate, Metric metric) {
        return figures.stream()
                .filter(it -> it.candidate().equals(candidate) && it.metric() == metric)
                .findFirst();
    }

    /** A figure's median divided by the ceiling's; empty where that tells nothing, or the ceiling has none, or 0. */
    public Optional<Double> ofCeiling(Figure figure) {
        return figure(ceiling, figure.metric())
                .filter(it -> it.metric().isToldAsShare())
                .map(Figure::median)
                .filter(it -> it != 0)
                .map(it -> figure.median() / it);
    }
}
