package io.holdfast.store.sqlite;

import io.holdfast.core.record.FieldMap;
import io.holdfast.core.stamp.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Stamps by field name as bytes: for each, name (modified UTF-8 with a 2-byte length), time and incarnation (8 bytes each, big-endian). */
final class StampsCodec {

    private StampsCodec() {}

    /** Null if there are none. */
    static byte @Nullable [] encode(SortedMap<String, Stamp> stamps) {
        if (stamps.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, Stamp> entry : stamps.entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeLong(entry.getValue().time());
                out.writeLong(entry.getValue().incarnation());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SortedMap<String, Stamp> decode(byte @Nullable [] bytes) {
        if (bytes == null) {
            return FieldMap.of();
        }
        FieldMap.Builder<Stamp> stamps = new FieldMap.Builder<>(4);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                stamps.put(in.readUTF(), new Stamp(in.readLong(), in.readLong()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("stored stamps are cut short", e);
        }
        return stamps.build();
    }
}
