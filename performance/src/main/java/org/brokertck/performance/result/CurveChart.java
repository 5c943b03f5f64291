package org.brokertck.performance.result;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.brokertck.performance.result.Curve.Point;

/**
 * Latencies by percentile as SVG: to the right each further nine takes the same room, upwards each power of ten, so that the tail is
 * as legible as the middle.
 */
final class CurveChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int RIGHT = 20;
    private static final int TOP = 34;
    private static final int BOTTOM = 34;
    /** As many styles as the page knows. */
    private static final int STYLES = 6;

    private static final double[] MARKS = {0, 50, 90, 99, 99.9, 99.99, 99.999};

    private final List<Curve> curves;
    private final double mostNines;
    private final int lowest;
    private final int highest;

    private CurveChart(List<Curve> curves) {
        this.curves = curves;
        this.mostNines = Math.max(
                1,
                points(curves).mapToDouble(it -> nines(it.percentile())).max().orElse(1));
        this.lowest = (int) Math.floor(decades(curves).min().orElse(0));
        this.highest =
                Math.max(lowest + 1, (int) Math.ceil(decades(curves).max().orElse(1)));
    }

    /** Draws it; at least one curve must have a point. */
    static String of(String title, List<Curve> curves) {
        return new CurveChart(curves).draw(title);
    }

    private String draw(String title) {
        Svg svg = new Svg(WIDTH, HEIGHT, title);
        for (double mark : MARKS) {
            if (nines(mark) <= mostNines) {
                svg.line(x(mark), TOP, x(mark), HEIGHT - BOTTOM, "grid");
                svg.text(x(mark), HEIGHT - BOTTOM / 2.0, "middle", mark == 0 ? "min" : "p" + plain(mark));
            }
        }
        for (int decade = lowest; decade <= highest; decade++) {
            double value = Math.pow(10, decade);
            svg.line(LEFT, y(value), WIDTH - RIGHT, y(value), "grid");
            svg.text(LEFT - 10, y(value), "end", time(value));
        }
        for (int i = 0; i < curves.size(); i++) {
            curve(svg, i);
        }
        return svg.toString();
    }

    private void curve(Svg svg, int number) {
        Curve curve = curves.get(number);
        List<Double> path = new ArrayList<>();
        for (Point point : curve.points()) {
            path.add(x(point.percentile()));
            path.add(y(point.micros()));
        }
        String style = "curve c" + number % STYLES;
        svg.path(path, style);
        double legend = LEFT + number * (WIDTH - LEFT - RIGHT) / (double) curves.size();
        svg.line(legend, TOP / 2.0 - 4, legend + 24, TOP / 2.0 - 4, style);
        svg.text(legend + 30, TOP / 2.0 - 4, "start", curve.candidate());
    }

    private double x(double percentile) {
        return LEFT + nines(percentile) / mostNines * (WIDTH - LEFT - RIGHT);
    }

    private double y(double micros) {
        double share = (decade(micros) - lowest) / (highest - lowest);
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    /** 90 is 1, 99 is 2, 99.9 is 3. */
    private static double nines(double percentile) {
        return 2 - Math.log10(100 - percentile);
    }

    private static double decade(double micros) {
        return Math.log10(Math.max(micros, 1e-3));
    }

    private static Stream<Point> points(List<Curve> curves) {
        return curves.stream().flatMap(it -> it.points().stream());
    }

    private static DoubleStream decades(List<Curve> curves) {
        return points(curves).mapToDouble(it -> decade(it.micros()));
    }

    private static String plain(double mark) {
        return mark == Math.rint(mark) ? Integer.toString((int) mark) : Double.toString(mark);
    }

    private static String time(double micros) {
        if (micros >= 1e6) {
            return plain(micros / 1e6) + " s";
        }
        if (micros >= 1e3) {
            return plain(micros / 1e3) + " ms";
        }
        return micros >= 1 ? plain(micros) + " µs" : plain(Math.rint(micros * 1e3)) + " ns";
    }
}
