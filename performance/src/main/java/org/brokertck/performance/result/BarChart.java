package org.brokertck.performance.result;

import java.util.List;

/** Horizontal bars of one metric's medians, with the range of all rounds and the share of the ceiling, as SVG. */
final class BarChart {
    private static final int WIDTH = 720;
    private static final int ROW = 40;
    private static final int LABELS = 170;
    private static final int NUMBERS = 190;
    private static final int BAR = 18;

    private final Scenario scenario;
    private final Metric metric;

    private BarChart(Scenario scenario, Metric metric) {
        this.scenario = scenario;
        this.metric = metric;
    }

    /** Draws it; at least one candidate must have the metric. */
    static String of(Scenario scenario, Metric metric) {
        return new BarChart(scenario, metric).draw();
    }

    private String draw() {
        List<Figure> figures =
                scenario.figures().stream().filter(it -> it.metric() == metric).toList();
        double most = figures.stream().mapToDouble(Figure::max).max().orElseThrow();
        Svg svg = new Svg(WIDTH, figures.size() * ROW, metric.label() + " of " + scenario.title());
        for (int i = 0; i < figures.size(); i++) {
            row(svg, figures.get(i), i * ROW, most == 0 ? 1 : most);
        }
        return svg.toString();
    }

    private void row(Svg svg, Figure figure, int top, double most) {
        double scale = (WIDTH - LABELS - NUMBERS) / most;
        boolean ceiling = figure.candidate().equals(scenario.ceiling());
        double middle = top + ROW / 2.0;
        double end = LABELS + figure.median() * scale;
        svg.text(LABELS - 12, middle, "end", figure.candidate());
        svg.rectangle(
                LABELS, middle - BAR / 2.0, Math.max(1, figure.median() * scale), BAR, ceiling ? "bar ceiling" : "bar");
        svg.line(LABELS + figure.min() * scale, middle, LABELS + figure.max() * scale, middle, "range");
        String share = ceiling
                ? "the ceiling"
                : scenario.ofCeiling(figure).map(Amounts::factor).orElse("");
        svg.text(
                Math.max(end, LABELS + figure.max() * scale) + 10,
                middle,
                "start",
                Amounts.of(figure.median()) + " " + metric.unit() + "  " + share);
    }
}
