package org.brokertck.rabbitmq.partitioned;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brokertck.api.message.Failure;

/** Facts as the bytes of one entry of the journal. */
final class FactCodec {
    private static final byte VERSION = 1;

    private FactCodec() {}

    /**
     * Facts that were written together.
     *
     * @param instance who wrote them
     * @param number counts what that instance wrote, so that an entry that was sent twice counts once
     */
    record Entry(String instance, long number, List<Fact> facts) {}

    static byte[] encode(Entry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(entry.instance());
            out.writeLong(entry.number());
            out.writeInt(entry.facts().size());
            for (Fact fact : entry.facts()) {
                write(fact, out);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException when the bytes were not made by {@link #encode} */
    static Entry decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("The journal has an entry of version " + version);
            }
            String instance = in.readUTF();
            long number = in.readLong();
            List<Fact> facts = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                facts.add(read(in));
            }
            return new Entry(instance, number, facts);
        } catch (IOException e) {
            throw new IllegalArgumentException("The journal has an entry that is cut short", e);
        }
    }

    private static void write(Fact fact, DataOutputStream out) throws IOException {
        if (fact instanceof Fact.TopicCreated it) {
            out.writeByte('T');
            out.writeUTF(it.topic());
            out.writeInt(it.partitions());
        } else if (fact instanceof Fact.StreamMade it) {
            out.writeByte('S');
            out.writeUTF(it.topic());
            out.writeInt(it.partition());
            out.writeUTF(it.stream());
        } else if (fact instanceof Fact.GroupMade it) {
            out.writeByte('G');
            write(it.group(), out);
            out.writeInt(it.starts().size());
            for (Map.Entry<Integer, Long> start : it.starts().entrySet()) {
                out.writeInt(start.getKey());
                out.writeLong(start.getValue());
            }
        } else if (fact instanceof Fact.Joined it) {
            out.writeByte('J');
            write(it.group(), out);
            out.writeUTF(it.member());
        } else if (fact instanceof Fact.Left it) {
            out.writeByte('L');
            write(it.group(), out);
            out.writeUTF(it.member());
        } else if (fact instanceof Fact.Released it) {
            out.writeByte('R');
            write(it.group(), out);
            out.writeInt(it.partition());
            out.writeUTF(it.member());
        } else if (fact instanceof Fact.Expelled it) {
            out.writeByte('X');
            out.writeUTF(it.instance());
        } else if (fact instanceof Fact.Committed it) {
            out.writeByte('C');
            write(it.group(), out);
            out.writeInt(it.partition());
            out.writeUTF(it.member());
            out.writeLong(it.offset());
            out.writeInt(it.attempts());
        } else if (fact instanceof Fact.Buried it) {
            out.writeByte('B');
            write(it.group(), out);
            out.writeInt(it.partition());
            out.writeUTF(it.member());
            out.writeLong(it.offset());
            out.writeInt(it.attempts());
            out.writeUTF(it.failure().type());
            out.writeUTF(it.failure().text());
        } else if (fact instanceof Fact.Purged it) {
            out.writeByte('P');
            out.writeUTF(it.topic());
        } else {
            out.writeByte('N');
        }
    }

    private static void write(GroupName group, DataOutputStream out) throws IOException {
        out.writeUTF(group.topic());
        out.writeUTF(group.group());
    }

    private static Fact read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'T' -> new Fact.TopicCreated(in.readUTF(), in.readInt());
            case 'S' -> new Fact.StreamMade(in.readUTF(), in.readInt(), in.readUTF());
            case 'G' -> new Fact.GroupMade(group(in), starts(in));
            case 'J' -> new Fact.Joined(group(in), in.readUTF());
            case 'L' -> new Fact.Left(group(in), in.readUTF());
            case 'R' -> new Fact.Released(group(in), in.readInt(), in.readUTF());
            case 'X' -> new Fact.Expelled(in.readUTF());
            case 'C' -> new Fact.Committed(group(in), in.readInt(), in.readUTF(), in.readLong(), in.readInt());
            case 'B' ->
                new Fact.Buried(
                        group(in),
                        in.readInt(),
                        in.readUTF(),
                        in.readLong(),
                        in.readInt(),
                        new Failure(in.readUTF(), in.readUTF()));
            case 'P' -> new Fact.Purged(in.readUTF());
            case 'N' -> new Fact.Synced();
            default -> throw new IllegalArgumentException("The journal has a fact of the unknown kind " + kind);
        };
    }

    private static GroupName group(DataInputStream in) throws IOException {
        return new GroupName(in.readUTF(), in.readUTF());
    }

    private static Map<Integer, Long> starts(DataInputStream in) throws IOException {
        Map<Integer, Long> starts = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            int partition = in.readInt();
            starts.put(partition, in.readLong());
        }
        return starts;
    }
}
