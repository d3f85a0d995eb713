package io.holdfast.server.audit;

import java.time.Duration;

/**
 * Writes down what runs do, for people who want to know later. Thread-safe; calls about one run come from one thread at a
 * time.
 *
 * <p>Fates and errors are collected and written some hundreds at a time: when a batch is full, when its oldest entry has waited
 * a second by the time of the next call, and with every other kind of call. What a call has written is durable when it returns;
 * if the process is killed, the entries since then are missing from the journal, never half of a batch, and never
 * entries without the run's counts or the other way round. The journal has transactions of its own: it may know of less than was written to the target,
 * and a run that carries on a killed one finds that out by comparing.
 *
 * <p>If the database cannot be reached, calls fail with its code and keep what they were given, once; the next call writes it.
 */
public interface RunJournal {

    /** A run begins. Durable. */
    void started(RunStart start);

    /** What came of a record. Collected. */
    void record(RunId run, RecordFate fate);

    /**
     * So many records were held as the source has them. Collected. They are counted, not listed: a sheet that did not change would
     * else cost as much as one that did.
     */
    void unchanged(RunId run, long records);

    /** An error. Collected. */
    void error(RunId run, RunError error);

    /** Something was done so that the run goes on. Durable. */
    void recovery(RunId run, Recovery recovery);

    /**
     * A phase is over. Durable. A phase that a run enters again adds to its time.
     *
     * @param records that the phase has dealt with
     */
    void phase(RunId run, Phase phase, Duration took, long records);

    /** How far the run is. Collected; what goes back is passed over. */
    void progress(RunId run, Progress progress);

    /** What reading both sides anew has shown; the last word of a run counts. Durable. */
    void verified(RunId run, Verification verification);

    /**
     * The run is over, and gives its target back at that moment, unless it was broken off: then whoever takes the target next carries
     * it on. Durable; of a run that is over already, nothing changes.
     */
    void ended(RunId run, RunOutcome outcome);
}
