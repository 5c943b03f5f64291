package org.brokertck.tck.report;

import java.util.Arrays;

/** The levels of the course that this kit grew from, by the share of what was asked for that is kept. */
enum Grade {
    /** 90 % and more. */
    EXPERT(90, "Expert"),
    /** 80 % and more. */
    ADVANCED(80, "Advanced"),
    /** 70 % and more. */
    INTERMEDIATE(70, "Intermediate"),
    /** 60 % and more. */
    BEGINNER(60, "Beginner"),
    /** Less. */
    MORE_PRACTICE(0, "Needs more practice");

    private final int fromPercent;
    private final String word;

    Grade(int fromPercent, String word) {
        this.fromPercent = fromPercent;
        this.word = word;
    }

    /** The level of a share in percent. */
    static Grade of(int percent) {
        return Arrays.stream(values())
                .filter(it -> percent >= it.fromPercent)
                .findFirst()
                .orElse(MORE_PRACTICE);
    }

    /** Its name. */
    String word() {
        return word;
    }
}
