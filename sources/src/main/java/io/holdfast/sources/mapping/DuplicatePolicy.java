package io.holdfast.sources.mapping;

/**
 * What becomes of a row whose key an earlier row has, but whose content is another. The earlier row always stands. Rows that
 * repeat an earlier one exactly are reported under either policy, and never quarantined.
 */
public enum DuplicatePolicy {
    /** It is reported. */
    REPORT,
    /** It is put into quarantine, where somebody decides. */
    QUARANTINE
}
