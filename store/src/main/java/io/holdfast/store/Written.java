package io.holdfast.store;

/**
 * What came of a write.
 *
 * @param id the record's id, given by the store if the caller gave none
 * @param level how far the write has come when this is returned
 * @param changed whether anything differs from before; if not, no change was made
 */
public record Written(String id, WriteLevel level, boolean changed) implements PutOutcome {

    Written at(WriteLevel next) {
        return new Written(id, next, changed);
    }
}
