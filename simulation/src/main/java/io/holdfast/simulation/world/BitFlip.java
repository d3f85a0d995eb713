package io.holdfast.simulation.world;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalTransaction;
import io.holdfast.core.reconcile.Digest;
import io.holdfast.core.record.Cell;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.stamp.Stamp;
import io.holdfast.core.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One bit of a record that flips on a device's disk: in a value, in the counter of a stamp, in the stored digest, or in what
 * readers see. Of a record that is as the server confirmed it: what was never sent has no digest that could tell.
 *
 * @param what chooses the place
 * @param which chooses the record
 */
record BitFlip(int what, int which) {

    /** Texts that are followed begin with a letter: the flipped one is followed no more, and is nobody else's. */
    private static final char FLIPPED_IN_TEXT = 1;

    /** Flips the bit; empty if the store has no record to flip it in. */
    Optional<Damage.Row> in(DeviceStore store) {
        return store.write(transaction -> {
            List<LocalRecord> rows = transaction.scan(Optional.empty(), Integer.MAX_VALUE).stream()
                    .filter(record -> record.clean() && record.confirmed().live())
                    .filter(record -> !store.damage().keys().contains(record.key()))
                    .filter(record -> cell(record.confirmed()).isPresent())
                    .toList();
            return rows.isEmpty() ? Optional.empty() : Optional.of(in(transaction, rows.get(which % rows.size())));
        });
    }

    private Damage.Row in(LocalTransaction transaction, LocalRecord record) {
        RecordState right = record.confirmed();
        RecordState changed = changed(right);
        Digest digest = record.digest();
        return switch (what % 4) {
            case 0 -> save(transaction, record, confirmed(record, changed, digest), changed);
            case 1 -> save(transaction, record, confirmed(record, restamped(right), digest), right);
            case 2 -> {
                Digest flipped = new Digest(digest.w3(), digest.w2(), digest.w1() ^ 1L << which % 64, digest.w0());
                yield save(transaction, record, confirmed(record, right, flipped), right);
            }
            default -> save(transaction, record, record, changed);
        };
    }

    private static LocalRecord confirmed(LocalRecord record, RecordState state, Digest digest) {
        return record.withConfirmed(state, record.sequence(), digest, record.bucket());
    }

    private static Damage.Row save(
            LocalTransaction transaction, LocalRecord right, LocalRecord wrong, RecordState shown) {
        transaction.save(right, wrong, shown);
        // In a file the confirmed values stand in the row that readers see.
        return new Damage.Row(right, transaction.record(right.key()), shown);
    }

    /** The first field that holds one value: what counts or collects was perhaps never seen by the server. */
    private static Optional<String> cell(RecordState state) {
        return state.cells().keySet().stream()
                .filter(name -> flipped(state.value(name)).isPresent())
                .findFirst();
    }

    private static RecordState changed(RecordState state) {
        String name = cell(state).orElseThrow();
        return with(state, name, new Cell(flipped(state.value(name)).orElseThrow(), state.stamp(name)));
    }

    /** Any field's stamp, whether it holds something or not, or that of an earlier deletion. */
    private RecordState restamped(RecordState state) {
        List<String> names = List.copyOf(state.cells().keySet());
        int place = which % (names.size() + (state.deleted().isNone() ? 0 : 1));
        if (place == names.size()) {
            return new RecordState(state.cells(), flipped(state.deleted()));
        }
        String name = names.get(place);
        return with(state, name, new Cell(state.value(name), flipped(state.stamp(name))));
    }

    private static Stamp flipped(Stamp stamp) {
        return new Stamp(stamp.time() ^ 2, stamp.incarnation());
    }

    private static RecordState with(RecordState state, String name, Cell cell) {
        TreeMap<String, Cell> cells = new TreeMap<>(state.cells());
        cells.put(name, cell);
        return new RecordState(cells, state.deleted());
    }

    private static Optional<Value> flipped(Value value) {
        return switch (value) {
            case Value.Text text
            when !text.text().isEmpty() && Character.isLetter(text.text().charAt(0)) ->
                Optional.of(new Value.Text((char) (text.text().charAt(0) ^ FLIPPED_IN_TEXT)
                        + text.text().substring(1)));
            case Value.Int number -> Optional.of(new Value.Int(number.number() ^ 1));
            case Value.Bool bool -> Optional.of(new Value.Bool(!bool.flag()));
            case Value.Time time -> Optional.of(new Value.Time(time.epochMicros() ^ 1));
            case Value.Span span -> Optional.of(new Value.Span(span.micros() ^ 1));
            default -> Optional.empty();
        };
    }
}
