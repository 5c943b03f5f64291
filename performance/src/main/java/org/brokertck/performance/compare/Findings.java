package org.brokertck.performance.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.brokertck.performance.result.Curve;
import org.brokertck.performance.result.Figure;
import org.brokertck.performance.result.LeftOut;
import org.brokertck.performance.result.Metric;
import org.brokertck.performance.result.Scenario;

/** Gathers the samples of one scenario, round by round. */
public final class Findings {
    /** One column of one row. */
    private record Cell(String candidate, Metric metric) {}

    /** One line of a plot. */
    private record Line(String candidate, String subject) {}

    /** The order of tables. */
    private final List<String> enlisted = new ArrayList<>();

    private final Map<Cell, List<Double>> samples = new LinkedHashMap<>();
    private final Map<Line, Histogram> histograms = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** Gives a candidate its place in the tables: after those that have one already. */
    public void enlist(String candidate) {
        if (!enlisted.contains(candidate)) {
            enlisted.add(candidate);
        }
    }

    /** Adds what a round found. */
    public void add(String candidate, Metric metric, double value) {
        enlist(candidate);
        samples.computeIfAbsent(new Cell(candidate, metric), it -> new ArrayList<>())
                .add(value);
    }

    /** Adds the latencies of a round, in nanoseconds. */
    public void add(String candidate, String subject, Histogram nanos) {
        histograms
                .computeIfAbsent(
                        new Line(candidate, subject), it -> new Histogram(nanos.getNumberOfSignificantValueDigits()))
                .add(nanos);
    }

    /** Throws a candidate's figures away, and tells why. */
    public void discard(String candidate, String reason) {
        samples.keySet().removeIf(it -> it.candidate().equals(candidate));
        histograms.keySet().removeIf(it -> it.candidate().equals(candidate));
        leftOut.add(new LeftOut(candidate, reason, true));
    }

    /** Tells that a candidate is not there. */
    public void leaveOut(String candidate, String reason) {
        leftOut.add(new LeftOut(candidate, reason, false));
    }

    /** Puts it all together. */
    public Scenario scenario(String id, String title, String how, String ceiling) {
        List<Figure> figures = new ArrayList<>();
        samples.forEach((cell, values) -> figures.add(new Figure(cell.candidate(), cell.metric(), values)));
        figures.sort(Comparator.comparingInt(it -> enlisted.indexOf(it.candidate())));
        List<Curve> curves = new ArrayList<>();
        histograms.forEach((line, all) -> curves.add(Curve.of(line.candidate(), line.subject(), all)));
        curves.sort(Comparator.comparingInt(it -> enlisted.indexOf(it.candidate())));
        return new Scenario(id, title, how, ceiling, figures, curves, leftOut);
    }
}
