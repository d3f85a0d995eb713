package io.holdfast.server.audit;

/**
 * What came of one record.
 *
 * @param sourceRow its row in the source, from 1; 0 if it has none
 * @param key what people know it by, such as its seller number
 * @param code the error's code if something went wrong, else empty
 * @param detail one sentence, or empty
 */
public record RecordFate(long sourceRow, String key, Fate fate, String code, String detail) {

    /** One that needs no words. */
    public static RecordFate of(long sourceRow, String key, Fate fate) {
        return new RecordFate(sourceRow, key, fate, "", "");
    }
}
