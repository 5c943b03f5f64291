package org.brokertck.rabbitmq.partitioned;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows from the facts of the journal, applied in their order: the same for everyone who has read as far. Safe for use by
 * several threads.
 */
final class JournalState {
    private static final long YES = 1;
    private static final long NO = 0;

    private final Map<String, TopicState> topics = new HashMap<>();
    /** The last entry of each instance. */
    private final Map<String, Long> entries = new HashMap<>();

    /** Notes an entry. @return false when it was applied before, and was sent twice */
    synchronized boolean enter(String instance, long number) {
        boolean isNew = number > entries.getOrDefault(instance, 0L);
        if (isNew) {
            entries.put(instance, number);
        }
        return isNew;
    }

    /** Applies a fact. @return what is told of it */
    synchronized long apply(Fact fact) {
        if (fact instanceof Fact.TopicCreated it) {
            return topics.computeIfAbsent(it.topic(), name -> new TopicState(it.partitions())).partitions;
        } else if (fact instanceof Fact.StreamMade it) {
            return topic(it.topic(), topic -> {
                topic.streams.putIfAbsent(it.partition(), it.stream());
                return it.stream().equals(topic.streams.get(it.partition()));
            });
        } else if (fact instanceof Fact.GroupMade it) {
            return topic(it.group().topic(), topic -> {
                topic.groups.computeIfAbsent(it.group().group(), name -> new GroupState(topic.partitions, it.starts()));
                return true;
            });
        } else if (fact instanceof Fact.Joined it) {
            return group(it.group(), group -> {
                group.join(it.member());
                return true;
            });
        } else if (fact instanceof Fact.Left it) {
            return group(it.group(), group -> {
                group.leave(it.member());
                return true;
            });
        } else if (fact instanceof Fact.Released it) {
            return group(it.group(), group -> {
                group.release(it.partition(), it.member());
                return true;
            });
        } else if (fact instanceof Fact.Expelled it) {
            groups().forEach(group -> group.expel(it.instance()));
            return YES;
        } else if (fact instanceof Fact.Committed it) {
            return group(it.group(), group -> group.commit(it.partition(), it.member(), it.offset(), it.attempts()));
        } else if (fact instanceof Fact.Buried it) {
            return bury(it);
        } else if (fact instanceof Fact.Purged it) {
            TopicState topic = topics.get(it.topic());
            int deleted = topic == null ? 0 : topic.dead.size();
            if (topic != null) {
                topic.dead.clear();
            }
            return deleted;
        }
        return YES;
    }

    private long bury(Fact.Buried it) {
        return topic(it.group().topic(), topic -> {
            GroupState group = topic.groups.get(it.group().group());
            boolean kept = group != null && group.commit(it.partition(), it.member(), it.offset() + 1, 0);
            if (kept) {
                topic.dead.add(
                        new DeadNote(it.group().group(), it.partition(), it.offset(), it.attempts(), it.failure()));
            }
            return kept;
        });
    }

    /** 0 when nobody created the topic. */
    synchronized int partitions(String name) {
        TopicState topic = topics.get(name);
        return topic == null ? 0 : topic.partitions;
    }

    synchronized @Nullable String stream(String name, int partition) {
        TopicState topic = topics.get(name);
        return topic == null ? null : topic.streams.get(partition);
    }

    /** All streams of all partitions. */
    synchronized List<String> streams() {
        return topics.values().stream()
                .flatMap(topic -> topic.streams.values().stream())
                .toList();
    }

    synchronized boolean hasGroup(GroupName name) {
        return find(name) != null;
    }

    /** The groups of a topic that there are. */
    synchronized List<GroupName> groupsOf(String name) {
        TopicState topic = topics.get(name);
        return topic == null
                ? List.of()
                : topic.groups.keySet().stream()
                        .map(group -> new GroupName(name, group))
                        .toList();
    }

    /** Looks at a group, which there must be; what is looked at must not be kept. */
    synchronized <T> T look(GroupName name, Function<GroupState, T> look) {
        return look.apply(Objects.requireNonNull(find(name), () -> "no " + name));
    }

    /** Empty when there is no such group. */
    synchronized Map<Integer, Long> committed(GroupName name) {
        GroupState group = find(name);
        return group == null ? Map.of() : group.committed();
    }

    /** The oldest dead letters. */
    synchronized List<DeadNote> dead(String name, int limit) {
        TopicState topic = topics.get(name);
        return topic == null ? List.of() : List.copyOf(topic.dead.subList(0, Math.min(limit, topic.dead.size())));
    }

    /** All who are members of a group, or own something of one. */
    synchronized Set<String> everybody() {
        Set<String> all = new LinkedHashSet<>();
        groups().forEach(group -> all.addAll(group.known()));
        return all;
    }

    private Stream<GroupState> groups() {
        return topics.values().stream().flatMap(topic -> topic.groups.values().stream());
    }

    private @Nullable GroupState find(GroupName name) {
        TopicState topic = topics.get(name.topic());
        return topic == null ? null : topic.groups.get(name.group());
    }

    private long topic(String name, Function<TopicState, Boolean> change) {
        TopicState topic = topics.get(name);
        return topic != null && change.apply(topic) ? YES : NO;
    }

    private long group(GroupName name, Function<GroupState, Boolean> change) {
        GroupState group = find(name);
        return group != null && change.apply(group) ? YES : NO;
    }
}
