package io.holdfast.server.run;

import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RunId;

/** Hears of runs: who shows progress, raises alerts, or plans the next. Called by the run's thread; keep it short. */
public interface RunListener {

    /** Hears nothing. */
    RunListener NONE = new RunListener() {
        @Override
        public void progress(RunId run, Progress progress) {}

        @Override
        public void ended(RunReport report) {}
    };

    /** How far a run is; never goes back, but when records are written again. */
    void progress(RunId run, Progress progress);

    /** A run is over, and the journal has it. */
    void ended(RunReport report);

    /** Both hear. */
    default RunListener and(RunListener other) {
        RunListener first = this;
        return new RunListener() {
            @Override
            public void progress(RunId run, Progress progress) {
                first.progress(run, progress);
                other.progress(run, progress);
            }

            @Override
            public void ended(RunReport report) {
                first.ended(report);
                other.ended(report);
            }
        };
    }
}
