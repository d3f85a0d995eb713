package io.holdfast.server.alerts;

/** The conditions that people are told of. */
public enum AlertType {
    /** Runs of a target failed one after the other. */
    CONSECUTIVE_FAILURES(Severity.CRITICAL, "Runs fail"),
    /** Verification found records missing or different, and they still are. */
    GAPS(Severity.WARNING, "Records are missing or differ"),
    /** Writing again what verification had found did not help. */
    RESYNC_FAILED(Severity.CRITICAL, "Missing records could not be written"),
    /** The source has records that break the rules. */
    INTEGRITY(Severity.WARNING, "Records are invalid"),
    /** No run has come to its end for too long. */
    NO_SYNC(Severity.WARNING, "No run for too long"),
    /** A run took longer than runs usually take for as many records. */
    DEGRADATION(Severity.WARNING, "Runs have become slow"),
    /** Proofs found records otherwise than they should be, and nothing has repaired them for too long. */
    UNREPAIRED_GAPS(Severity.CRITICAL, "Gaps are not repaired"),
    /** Devices that used to exchange have not done so for too long. */
    SILENT_DEVICES(Severity.WARNING, "Devices are silent");

    private final Severity severity;
    private final String title;

    AlertType(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    /** How soon somebody should look. */
    public Severity severity() {
        return severity;
    }

    /** What it is, in a few words. */
    public String title() {
        return title;
    }
}
