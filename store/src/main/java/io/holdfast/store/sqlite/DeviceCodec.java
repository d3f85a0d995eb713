package io.holdfast.store.sqlite;

import io.holdfast.core.identity.BatchMark;
import io.holdfast.core.identity.Cursor;
import io.holdfast.core.identity.ScopeKey;
import io.holdfast.core.local.DeviceState;
import io.holdfast.core.local.Proof;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The stored form of a {@link DeviceState}: the byte 1, then its parts in the order of their declaration; texts as modified
 * UTF-8 with a 2-byte length, numbers big-endian, lists and maps with a 2-byte count, an absent scope key as an empty text.
 */
final class DeviceCodec {

    private static final byte FORM = 1;

    private DeviceCodec() {}

    static byte[] encode(DeviceState device) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORM);
            identity(out, device.identity());
            progress(out, device.progress());
            out.writeLong(device.clock().offsetMillis());
            out.writeLong(device.clock().incarnation());
            out.writeShort(device.proofs().size());
            for (Proof proof : device.proofs().values()) {
                proof(out, proof);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are no such form */
    static DeviceState decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORM) {
                throw new IllegalArgumentException("unknown form of a stored device");
            }
            DeviceState.Identity identity = identity(in);
            DeviceState.Progress progress = progress(in);
            DeviceState.ClockOffset clock = new DeviceState.ClockOffset(in.readLong(), in.readLong());
            Map<Proof.Level, Proof> proofs = new EnumMap<>(Proof.Level.class);
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                Proof proof = proof(in);
                proofs.put(proof.level(), proof);
            }
            return new DeviceState(identity, progress, clock, proofs);
        } catch (IOException e) {
            throw new IllegalArgumentException("a stored device is cut short", e);
        }
    }

    private static void identity(DataOutputStream out, DeviceState.Identity identity) throws IOException {
        out.writeUTF(identity.scope());
        out.writeUTF(identity.replica());
        out.writeLong(identity.incarnation());
        out.writeUTF(identity.scopeKey().map(ScopeKey::reveal).orElse(""));
        out.writeBoolean(identity.registered());
    }

    private static DeviceState.Identity identity(DataInputStream in) throws IOException {
        String scope = in.readUTF();
        String replica = in.readUTF();
        long incarnation = in.readLong();
        String key = in.readUTF();
        Optional<ScopeKey> scopeKey = key.isEmpty() ? Optional.empty() : Optional.of(ScopeKey.parse(key));
        return new DeviceState.Identity(scope, replica, incarnation, scopeKey, in.readBoolean());
    }

    private static void progress(DataOutputStream out, DeviceState.Progress progress) throws IOException {
        cursor(out, progress.cursor());
        out.writeShort(progress.earlier().size());
        for (Cursor cursor : progress.earlier()) {
            cursor(out, cursor);
        }
        mark(out, progress.settled());
        mark(out, progress.frozen());
    }

    private static DeviceState.Progress progress(DataInputStream in) throws IOException {
        Cursor cursor = cursor(in);
        List<Cursor> earlier = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            earlier.add(cursor(in));
        }
        return new DeviceState.Progress(cursor, earlier, mark(in), mark(in));
    }

    private static void cursor(DataOutputStream out, Cursor cursor) throws IOException {
        out.writeUTF(cursor.epoch());
        out.writeLong(cursor.sequence());
        out.writeUTF(cursor.chain());
    }

    private static Cursor cursor(DataInputStream in) throws IOException {
        return new Cursor(in.readUTF(), in.readLong(), in.readUTF());
    }

    private static void mark(DataOutputStream out, BatchMark mark) throws IOException {
        out.writeLong(mark.number());
        out.writeUTF(mark.hash());
    }

    private static BatchMark mark(DataInputStream in) throws IOException {
        return new BatchMark(in.readLong(), in.readUTF());
    }

    private static void proof(DataOutputStream out, Proof proof) throws IOException {
        out.writeUTF(proof.level().name());
        out.writeBoolean(proof.equal());
        out.writeLong(proof.atMillis());
        out.writeLong(proof.records());
        out.writeLong(proof.sequence());
    }

    private static Proof proof(DataInputStream in) throws IOException {
        return new Proof(
                Proof.Level.valueOf(in.readUTF()), in.readBoolean(), in.readLong(), in.readLong(), in.readLong());
    }
}
