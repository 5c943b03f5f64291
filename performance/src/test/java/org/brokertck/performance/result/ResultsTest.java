package org.brokertck.performance.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** Statistics, and the three ways to show them. */
class ResultsTest {
    private static final Machine MACHINE = new Machine("17", "Linux", 2, 0.5);

    private static Measurements measurements() {
        Histogram nanos = new Histogram(3);
        for (int i = 1; i <= 1000; i++) {
            nanos.recordValue(i * 1000L);
        }
        Scenario scenario = new Scenario(
                "x",
                "Through & through",
                "How <it> was done.",
                "bare",
                List.of(
                        new Figure("bare", Metric.THROUGHPUT, List.of(20e6, 10e6, 30e6)),
                        new Figure("broker", Metric.THROUGHPUT, List.of(14e6, 12e6, 16e6)),
                        new Figure("broker", Metric.IDLE_CPU, List.of(0.0))),
                List.of(Curve.of("bare", "end to end", nanos), Curve.of("broker", "end to end", nanos)),
                List.of(
                        new LeftOut("lossy", "1 record is missing", true),
                        new LeftOut("Kafka", "No server is named", false)));
        return new Measurements("broker 1.0", MACHINE, Instant.EPOCH, List.of(scenario));
    }

    @Test
    void theMedianIsInTheMiddle() {
        Figure odd = new Figure("a", Metric.MATCH, List.of(9.0, 1.0, 4.0));
        assertThat(odd.median()).isEqualTo(4);
        assertThat(odd.min()).isEqualTo(1);
        assertThat(odd.max()).isEqualTo(9);
        assertThat(new Figure("a", Metric.MATCH, List.of(4.0, 1.0, 9.0, 2.0)).median())
                .isEqualTo(3);
        assertThatThrownBy(() -> new Figure("a", Metric.MATCH, List.of())).hasMessageContaining("no samples");
    }

    @Test
    void sharesReferToTheCeiling() {
        Scenario scenario = measurements().scenarios().get(0);
        Figure broker = scenario.figure("broker", Metric.THROUGHPUT).orElseThrow();
        assertThat(scenario.ofCeiling(broker)).contains(0.7);
        Figure idle = scenario.figure("broker", Metric.IDLE_CPU).orElseThrow();
        assertThat(scenario.ofCeiling(idle)).isEmpty();
        assertThat(measurements().hasDiscarded()).isTrue();
    }

    @Test
    void aCurveEndsWhereThereAreTooFewValues() {
        List<Curve.Point> points =
                measurements().scenarios().get(0).curves().get(0).points();
        assertThat(points.get(points.size() - 1).percentile()).isEqualTo(99.9);
        assertThat(points).contains(new Curve.Point(0, 1.0));
        assertThat(points)
                .filteredOn(it -> it.percentile() == 50)
                .singleElement()
                .satisfies(it -> assertThat(it.micros()).isBetween(500.0, 501.0));
        assertThat(Curve.of("none", "x", new Histogram(3)).points()).isEmpty();
    }

    @Test
    void numbersHaveAsManyDigitsAsTellSomething() {
        assertThat(List.of(24_300_000.0, 512_345.0, 8765.0, 87.14, 0.524, 0.012, 0.0))
                .extracting(Amounts::of)
                .containsExactly("24.3 M", "512 k", "8,765", "87.1", "0.52", "0.0120", "0.00");
        assertThat(Amounts.factor(0.7)).isEqualTo("× 0.70");
    }

    @Test
    void tablesShowMediansRangesSharesAndWhoIsMissing() {
        assertThat(ResultTable.of(measurements()))
                .contains(
                        "| candidate | throughput (records/s) | idle (% of a core) |",
                        "| bare | **20.0 M** (10.0 M – 30.0 M) | – |",
                        "| broker | **14.0 M** (12.0 M – 16.0 M), × 0.70 | **0.00** |",
                        "**lossy: DISCARDED.** 1 record is missing",
                        "**Kafka: LEFT OUT.** No server is named");
    }

    @Test
    void jsonHasTheDocumentedFields() throws IOException {
        List<String> fields = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(ResultJson.of(measurements()))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    fields.add(json.currentName());
                } else if (token == JsonToken.VALUE_NUMBER_FLOAT && "ofCeiling".equals(json.currentName())) {
                    shares.add(json.getDoubleValue());
                }
            }
        }
        assertThat(shares).containsExactly(1.0, 0.7);
        assertThat(fields)
                .contains("schema", "subject", "startedAt", "machine", "jdk", "system", "cores", "load")
                .contains("id", "title", "how", "ceiling", "figures", "candidate", "metric", "unit", "better")
                .contains("samples", "median", "min", "max", "curves", "of", "points", "percentile", "value")
                .contains("leftOut", "reason", "discarded");
    }

    @Test
    void thePageHoldsDrawingsAndEscapesWhatItShows() {
        String page = ResultPage.of(measurements());
        assertThat(page)
                .contains("Through &amp; through", "How &lt;it&gt; was done.", "× 0.70", "lossy: discarded")
                .doesNotContain("<it>", "<script", "http://", "src=");
        assertThat(page.split("<svg", -1)).hasSize(3);
    }

    @Test
    void barsAreAsLongAsTheirMedians() throws Exception {
        Document svg = parsed(BarChart.of(measurements().scenarios().get(0), Metric.THROUGHPUT));
        assertThat(svg.getElementsByTagName("rect").getLength()).isEqualTo(2);
        double ceiling = width(svg, 0);
        assertThat(width(svg, 1) / ceiling).isBetween(0.69, 0.71);
        assertThat(svg.getDocumentElement().getTextContent()).contains("14.0 M records/s", "the ceiling");
    }

    @Test
    void curvesRiseToTheRight() throws Exception {
        Document svg =
                parsed(CurveChart.of("late", measurements().scenarios().get(0).curves()));
        assertThat(svg.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        String[] points = ((Element) svg.getElementsByTagName("polyline").item(0))
                .getAttribute("points")
                .split(" ", -1);
        double x = 0;
        double y = Double.MAX_VALUE;
        for (String point : points) {
            double nextX = Double.parseDouble(point.split(",", -1)[0]);
            double nextY = Double.parseDouble(point.split(",", -1)[1]);
            assertThat(nextX).isGreaterThan(x);
            assertThat(nextY).isLessThanOrEqualTo(y);
            x = nextX;
            y = nextY;
        }
        assertThat(x).isLessThanOrEqualTo(720);
        assertThat(y).isPositive();
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double width(Document svg, int bar) {
        return Double.parseDouble(((Element) svg.getElementsByTagName("rect").item(bar)).getAttribute("width"));
    }
}
