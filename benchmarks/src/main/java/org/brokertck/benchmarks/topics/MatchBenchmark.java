package org.brokertck.benchmarks.topics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The time to find the subscribers of a topic. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatchBenchmark {
    /** Which topics are asked for. */
    public enum Topics {
        /** The same one each time. */
        HOT,
        /** One after another of all of them, in no order. */
        ALL
    }

    private static final int CHECKED = 200;

    /** By whom. */
    @Param
    public Matchers matcher = Matchers.REFERENCE;

    /** Among which. */
    @Param
    public Subscriptions kind = Subscriptions.MIXED;

    /** Among how many. */
    @Param({"10", "1000", "100000"})
    public int subscriptions = 10;

    /** For what. */
    @Param
    public Topics topics = Topics.HOT;

    private Matcher opened = new TrieMatcher();
    private String[] asked = {};
    private int next;

    /** Subscribes, and checks what is found against the linear matcher. */
    @Setup
    public void subscribe() throws Exception {
        opened = matcher.open();
        Matcher linear = new LinearMatcher();
        List<String> patterns = kind.patterns(subscriptions);
        for (int i = 0; i < patterns.size(); i++) {
            opened.subscribe(patterns.get(i), i);
            linear.subscribe(patterns.get(i), i);
        }
        String[] plain = topics == Topics.HOT ? new String[] {Subscriptions.topic(0)} : shuffled();
        for (int i = 0; i < Math.min(CHECKED, plain.length); i++) {
            int expected = linear.match(plain[i]);
            int found = opened.match(opened.spelled(plain[i]));
            if (found != expected) {
                throw new IllegalStateException("%s finds %d subscribers of %s, %d are right"
                        .formatted(matcher.title(), found, plain[i], expected));
            }
        }
        asked = new String[plain.length];
        for (int i = 0; i < plain.length; i++) {
            asked[i] = opened.spelled(plain[i]);
        }
    }

    private static String[] shuffled() {
        List<Integer> numbers =
                new ArrayList<>(IntStream.range(0, Subscriptions.TOPICS).boxed().toList());
        Collections.shuffle(numbers, new Random(1));
        return numbers.stream().map(Subscriptions::topic).toArray(String[]::new);
    }

    /** Finds those of one topic. */
    @Benchmark
    public int match() throws Exception {
        next = next + 1 < asked.length ? next + 1 : 0;
        return opened.match(asked[next]);
    }
}
