package org.brokertck.tck.history.monitoring;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one line of metrics from left to right. */
final class LineReader {
    static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern TIMESTAMP = Pattern.compile("-?\\d+");

    private final int number;
    private final String line;
    private int at;

    LineReader(int number, String line) {
        this.number = number;
        this.line = line;
    }

    Sample sample() {
        String name = until("{ ");
        if (!METRIC_NAME.matcher(name).matches()) {
            throw malformed("does not begin with the name of a metric");
        }
        Map<String, String> labels = new LinkedHashMap<>();
        if (peek() == '{') {
            at++;
            labels(labels);
        }
        if (peek() != ' ') {
            throw malformed("has no value");
        }
        String[] rest = line.substring(at).strip().split(" +", -1);
        if (rest.length > 2 || (rest.length == 2 && !TIMESTAMP.matcher(rest[1]).matches())) {
            throw malformed("goes on after its value");
        }
        return new Sample(name, labels, value(rest[0]));
    }

    private void labels(Map<String, String> labels) {
        while (peek() != '}') {
            String name = until("=");
            if (!LABEL_NAME.matcher(name).matches()) {
                throw malformed("has a label whose name '" + name + "' is none");
            }
            at++;
            if (labels.put(name, quoted()) != null) {
                throw malformed("has the label '" + name + "' twice");
            }
            if (peek() == ',') {
                at++;
            } else if (peek() != '}') {
                throw malformed("goes on after a label's value without a comma, as where a quote is not escaped");
            }
        }
        at++;
    }

    private String quoted() {
        if (peek() != '"') {
            throw malformed("has a label whose value is not quoted");
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            value.append(peek() == '\\' ? escaped() : peek());
            at++;
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        at++;
        return switch (peek()) {
            case 'n' -> '\n';
            case '\\', '"' -> peek();
            default -> throw malformed("escapes '" + peek() + "', which is not to be escaped");
        };
    }

    private double value(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                if (!NUMBER.matcher(text).matches()) {
                    throw malformed("has the value '" + text + "', which is no number");
                }
                yield Double.parseDouble(text);
            }
        };
    }

    private String until(String ends) {
        int start = at;
        while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return line.substring(start, at);
    }

    private char peek() {
        if (at >= line.length()) {
            throw malformed("ends in the middle");
        }
        return line.charAt(at);
    }

    MalformedExpositionException malformed(String problem) {
        return new MalformedExpositionException(number, line, problem);
    }
}
