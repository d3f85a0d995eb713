package io.holdfast.store;

import io.holdfast.core.change.FieldEdit;
import java.util.Map;

/** What a person decides about a conflict. */
public sealed interface Keep {

    /** What stands, stands. */
    record Server() implements Keep {}

    /** What lost is written again, over what stands now. */
    record Local() implements Keep {}

    /** Something else is written. */
    record Other(Map<String, FieldEdit> edits) implements Keep {
        /** Copies. */
        public Other {
            edits = Map.copyOf(edits);
        }
    }
}
