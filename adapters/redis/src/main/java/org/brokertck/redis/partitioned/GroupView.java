package org.brokertck.redis.partitioned;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.redis.connection.Bytes;

/**
 * What the server knows of a group.
 *
 * @param members in the order in which they joined
 * @param lapsed members and owners without a lease
 * @param planNumber of the plan in force; 0 when there never was one
 * @param plan who is to have which partition
 * @param owners who owns which partition, as the server writes it down
 */
record GroupView(
        List<String> members,
        List<String> lapsed,
        long planNumber,
        Map<Integer, String> plan,
        Map<Integer, String> owners) {
    private static final String NUMBER = "#";

    static GroupView of(Object reply) {
        List<?> parts = (List<?>) reply;
        Map<String, String> plan = pairs(parts.get(2));
        String number = plan.remove(NUMBER);
        Map<String, String> owners = pairs(parts.get(3));
        owners.remove(NUMBER);
        return new GroupView(
                texts(parts.get(0)),
                texts(parts.get(1)),
                number == null ? 0 : Long.parseLong(number),
                byPartition(plan),
                byPartition(owners));
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(Bytes::text).toList();
    }

    private static Map<String, String> pairs(Object list) {
        List<String> flat = texts(list);
        Map<String, String> pairs = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            pairs.put(flat.get(i), flat.get(i + 1));
        }
        return pairs;
    }

    private static Map<Integer, String> byPartition(Map<String, String> pairs) {
        Map<Integer, String> byPartition = new HashMap<>();
        pairs.forEach((partition, value) -> byPartition.put(Integer.valueOf(partition), value));
        return byPartition;
    }
}
