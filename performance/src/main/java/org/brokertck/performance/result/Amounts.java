package org.brokertck.performance.result;

import java.util.Locale;

/** Numbers for people: as many digits as tell something. */
public final class Amounts {
    private Amounts() {}

    /** Such as {@code 24.3 M}, {@code 512 k}, {@code 87.1}, {@code 0.52}. */
    public static String of(double value) {
        double size = Math.abs(value);
        if (size >= 999_500) {
            return digits(value / 1e6) + " M";
        }
        return size >= 9_995 ? digits(value / 1e3) + " k" : digits(value);
    }

    /** A share as a factor, such as {@code × 0.72}. */
    public static String factor(double share) {
        return "× " + digits(share);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        String format =
                size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : size >= 0.0995 || size == 0 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
