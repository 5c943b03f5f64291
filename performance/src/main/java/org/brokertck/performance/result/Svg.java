package org.brokertck.performance.result;

import java.util.List;
import java.util.Locale;

/** A drawing as markup that stands within a page; colours come from the page's style. All text is escaped. */
final class Svg {
    private final StringBuilder markup = new StringBuilder();

    /** @param title what is read to those who do not see it */
    Svg(int width, int height, String title) {
        markup.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>".formatted(width, height, escaped(title)));
    }

    void rectangle(double x, double y, double width, double height, String style) {
        add("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"/>", x, y, width, height, style);
    }

    void line(double fromX, double fromY, double toX, double toY, String style) {
        add("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>", fromX, fromY, toX, toY, style);
    }

    /** @param anchor {@code start}, {@code middle} or {@code end}: what of the text is at that place */
    void text(double x, double y, String anchor, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" dominant-baseline=\"central\">%s</text>",
                x, y, anchor, escaped(text));
    }

    /** @param points x and y in turn */
    void path(List<Double> points, String style) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < points.size(); i += 2) {
            path.append(String.format(Locale.ROOT, "%.1f,%.1f ", points.get(i), points.get(i + 1)));
        }
        add("<polyline points=\"%s\" class=\"%s\"/>", path.toString().strip(), style);
    }

    private void add(String format, Object... values) {
        markup.append(String.format(Locale.ROOT, format, values));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return markup + "</svg>";
    }
}
