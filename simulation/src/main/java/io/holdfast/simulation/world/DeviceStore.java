package io.holdfast.simulation.world;

import io.holdfast.core.local.LocalRecord;
import io.holdfast.core.local.LocalStorage;
import io.holdfast.core.record.RecordKey;
import io.holdfast.core.record.RecordState;
import io.holdfast.core.schema.Schema;
import java.util.List;

/** A device's records as its disk holds them, and as checkers look at them. Not thread-safe. */
public interface DeviceStore extends LocalStorage {

    /** Every record the store knows anything of, in the order of collection and id. */
    List<LocalRecord> records();

    /** Every record on which a change lies that is not settled, as the store's own index of changes finds them. */
    List<LocalRecord> unsettled();

    /** Whether a reader of a record sees exactly the values of that state. */
    boolean shows(RecordKey key, RecordState state);

    /** What bits have flipped in it behind its engine's back. */
    Damage damage();

    /** A second store with what the disk holds now, as a copied or restored file. */
    DeviceStore copy();

    /** The store as the next process finds it: under that schema, with what the disk holds after this one was killed. */
    DeviceStore reopened(Schema schema);

    /** Gives back what it holds of the machine; it is of no use any more. */
    void close();
}
