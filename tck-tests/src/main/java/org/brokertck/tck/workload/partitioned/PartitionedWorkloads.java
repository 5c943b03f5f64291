package org.brokertck.tck.workload.partitioned;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.brokertck.tck.workload.Mishap;
import org.brokertck.tck.workload.Shrinking;
import org.brokertck.tck.workload.partitioned.PlannedMember.End;
import org.brokertck.tck.workload.partitioned.PlannedRecord.Form;
import org.jspecify.annotations.Nullable;

/** The kinds of random workloads of the partitioned broker, for {@code @ForAll(supplier = …)}. */
public final class PartitionedWorkloads {
    /** The group that every workload has. */
    public static final String EVERY_GROUP = "billing";

    private static final int MOST_RECORDS = 16;
    private static final int MOST_PRODUCERS = 4;
    private static final int MOST_PARTITIONS = 5;
    private static final int MOST_GUESTS = 4;
    private static final List<String> GROUPS = List.of(EVERY_GROUP, "shipping");

    private PartitionedWorkloads() {}

    /** Several producers, groups and members, no failures. */
    public static final class Calm implements ArbitrarySupplier<PartitionedWorkload> {
        @Override
        public Arbitrary<PartitionedWorkload> get() {
            return Shrinking.bounded(workloads(Arbitraries.just(0), guests(Arbitraries.just(End.STAYS))));
        }
    }

    /** Handlers fail, some so often that records are set aside. */
    public static final class Failing implements ArbitrarySupplier<PartitionedWorkload> {
        @Override
        public Arbitrary<PartitionedWorkload> get() {
            return Shrinking.bounded(
                    workloads(failures(PartitionedWorkload.DELIVERY_LIMIT), guests(Arbitraries.just(End.STAYS))));
        }
    }

    /** Members join and leave, in good order, while handlers fail. */
    public static final class ComingAndGoing implements ArbitrarySupplier<PartitionedWorkload> {
        @Override
        public Arbitrary<PartitionedWorkload> get() {
            return Shrinking.bounded(workloads(
                    failures(PartitionedWorkload.DELIVERY_LIMIT),
                    guests(Arbitraries.of(End.STAYS, End.LEAVES, End.LEAVES, End.STALLS))));
        }
    }

    /** Members join, leave, die and stall; handlers fail, though never so often that a record is set aside. */
    public static final class Turmoil implements ArbitrarySupplier<PartitionedWorkload> {
        @Override
        public Arbitrary<PartitionedWorkload> get() {
            return Shrinking.bounded(workloads(
                    failures(PartitionedWorkload.DELIVERY_LIMIT - 1),
                    guests(Arbitraries.of(
                            End.STAYS, End.LEAVES, End.DIES, End.DIES, End.STALLS, End.STALLS_AND_DIES))));
        }
    }

    private static Arbitrary<PartitionedWorkload> workloads(
            Arbitrary<Integer> failures, Arbitrary<List<PlannedMember>> guests) {
        Arbitrary<List<List<PlannedRecord>>> producers = records(failures)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_RECORDS)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MOST_PRODUCERS)
                .map(PartitionedWorkloads::named);
        Arbitrary<Integer> partitions = Arbitraries.integers().between(1, MOST_PARTITIONS);
        Arbitrary<Duration> lingers = Arbitraries.of(0, 0, 1, 3).map(Duration::ofMillis);
        Arbitrary<Integer> batches = Arbitraries.of(1, 2, 7, 256);
        return Combinators.combine(partitions, producers, members(guests), lingers, batches)
                .as(PartitionedWorkload::new);
    }

    /** Gives every record a name of its own that tells its place. */
    private static List<List<PlannedRecord>> named(List<List<PlannedRecord>> producers) {
        List<List<PlannedRecord>> named = new ArrayList<>();
        for (int p = 0; p < producers.size(); p++) {
            List<PlannedRecord> records = new ArrayList<>();
            for (int i = 0; i < producers.get(p).size(); i++) {
                PlannedRecord it = producers.get(p).get(i);
                String id = "p" + p + "-r" + i;
                records.add(new PlannedRecord(
                        id, it.key(), it.value(), it.headers(), it.form(), it.failures(), it.mishap()));
            }
            named.add(List.copyOf(records));
        }
        return List.copyOf(named);
    }

    private static Arbitrary<Integer> failures(int most) {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0)),
                Tuple.of(1, Arbitraries.integers().between(1, most)));
    }

    private static Arbitrary<PlannedRecord> records(Arbitrary<Integer> failures) {
        Arbitrary<String> values = Arbitraries.strings().all().ofMaxLength(40);
        Arbitrary<Form> forms = Arbitraries.of(Form.WAITING, Form.ASYNC, Form.ASYNC, Form.BATCH, Form.BATCH);
        return Combinators.combine(keys(), values, headers(), forms, failures, Arbitraries.of(Mishap.class))
                .as((key, value, headers, form, fails, mishap) ->
                        new PlannedRecord("", key, value, headers, form, fails, mishap));
    }

    /** Few keys, so that many records share one; some have none. */
    private static Arbitrary<@Nullable String> keys() {
        return Arbitraries.of("a", "b", "c", "key-1", "key-2", "key-3", "ключ 漢字", "")
                .injectNull(0.1);
    }

    private static Arbitrary<Map<String, String>> headers() {
        Arbitrary<String> names =
                Arbitraries.strings().withChars("abcXYZ-_.äλ漢").ofMinLength(1).ofMaxLength(10);
        Arbitrary<String> values =
                Arbitraries.strings().withChars("abc \"{}\\=,äλ漢\n").ofMaxLength(20);
        return Arbitraries.maps(names, values).ofMaxSize(2);
    }

    /** One or two groups, each with a member that stays, and the guests. */
    private static Arbitrary<List<PlannedMember>> members(Arbitrary<List<PlannedMember>> guests) {
        return Combinators.combine(Arbitraries.integers().between(1, GROUPS.size()), busy(), guests)
                .as((groups, micros, others) -> {
                    List<PlannedMember> all = new ArrayList<>();
                    List<String> names = GROUPS.subList(0, groups);
                    names.forEach(it -> all.add(new PlannedMember(it, 0, 0, End.STAYS, micros)));
                    others.stream().filter(it -> names.contains(it.group())).forEach(all::add);
                    return List.copyOf(all);
                });
    }

    private static Arbitrary<List<PlannedMember>> guests(Arbitrary<End> ends) {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(GROUPS.get(0))),
                                Tuple.of(1, Arbitraries.just(GROUPS.get(1)))),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(1, 20),
                        ends,
                        busy())
                .as((group, joins, lasts, end, micros) -> new PlannedMember(group, joins, joins + lasts, end, micros))
                .list()
                .ofMaxSize(MOST_GUESTS);
    }

    private static Arbitrary<Integer> busy() {
        return Arbitraries.of(0, 0, 50, 500);
    }
}
