package org.brokertck.performance.result;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Measurements as a page that stands alone: bars and curves drawn in it, and every figure in a table below. */
public final class ResultPage {
    private ResultPage() {}

    /** The page. All text is escaped; nothing is loaded and no script runs. */
    public static String of(Measurements measurements) {
        return Mustache.compiler()
                .strictSections(true)
                .emptyStringIsFalse(true)
                .compile(resource("bench.html"))
                .execute(Map.of("view", new View(measurements), "style", resource("bench.css")));
    }

    private static String resource(String name) {
        try (InputStream in = ResultPage.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name + " is missing from the jar")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " in the jar cannot be read", e);
        }
    }

    /** What the template calls {@code view}. */
    record View(Measurements measurements) {
        String subject() {
            return measurements.subject();
        }

        String machine() {
            return measurements.machine().text();
        }

        String startedAt() {
            return measurements.startedAt().toString();
        }

        List<Section> sections() {
            return measurements.scenarios().stream().map(Section::new).toList();
        }
    }

    /** One scenario. */
    record Section(Scenario scenario) {
        String title() {
            return scenario.title();
        }

        String how() {
            return scenario.how();
        }

        /** Bars where there is a throughput, or anything but latencies; curves of them. */
        List<Plot> plots() {
            List<Plot> plots = new ArrayList<>();
            scenario.metrics().stream()
                    .filter(it -> it == Metric.THROUGHPUT || it == Metric.MATCH || it == Metric.PUBLISH)
                    .forEach(it -> plots.add(new Plot(it.label() + ", " + it.unit(), BarChart.of(scenario, it))));
            scenario.curves().stream().map(Curve::subject).distinct().forEach(it -> plots.add(curves(it)));
            return plots;
        }

        private Plot curves(String subject) {
            List<Curve> curves = scenario.curves().stream()
                    .filter(it -> it.subject().equals(subject))
                    .toList();
            return new Plot(subject + ", by percentile", CurveChart.of(subject, curves));
        }

        List<String> columns() {
            return scenario.metrics().stream()
                    .map(it -> it.label() + ", " + it.unit())
                    .toList();
        }

        List<Row> rows() {
            return scenario.candidates().stream()
                    .map(it -> new Row(it, cells(it)))
                    .toList();
        }

        List<LeftOut> missing() {
            return scenario.leftOut();
        }

        private List<Cell> cells(String candidate) {
            return scenario.metrics().stream()
                    .map(metric -> scenario.figure(candidate, metric)
                            .map(it -> new Cell(Amounts.of(it.median()), range(it), share(it)))
                            .orElse(new Cell("–", "", "")))
                    .toList();
        }

        private String range(Figure figure) {
            return figure.samples().size() == 1 ? "" : Amounts.of(figure.min()) + " – " + Amounts.of(figure.max());
        }

        private String share(Figure figure) {
            boolean ceiling = figure.candidate().equals(scenario.ceiling());
            return ceiling
                    ? ""
                    : scenario.ofCeiling(figure).map(Amounts::factor).orElse("");
        }
    }

    /** A drawing with its caption. */
    record Plot(String caption, String svg) {}

    /** A candidate's line. */
    record Row(String candidate, List<Cell> cells) {}

    /** A figure. */
    record Cell(String median, String range, String share) {}
}
