package io.holdfast.server.run;

import io.holdfast.server.audit.Fate;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.Progress;
import io.holdfast.server.audit.RecordFate;
import io.holdfast.server.audit.Recovery;
import io.holdfast.server.audit.RunError;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.audit.RunJournal;
import io.holdfast.server.audit.RunOutcome;
import io.holdfast.server.audit.RunStart;
import io.holdfast.server.audit.Verification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A journal of one run in memory. */
final class MemoryJournal implements RunJournal {

    /** One word, in order. */
    sealed interface Word {
        record OfPhase(Phase phase, Duration took, long records) implements Word {}

        record OfRecovery(Recovery recovery) implements Word {}

        record OfVerification(Verification verification) implements Word {}
    }

    final List<Word> words = new ArrayList<>();
    final List<RecordFate> fates = new ArrayList<>();
    final List<RunError> errors = new ArrayList<>();
    final List<Progress> progress = new ArrayList<>();
    long unchanged;

    /** The keys of the records that met a fate, in order. */
    List<String> keys(Fate fate) {
        return fates.stream()
                .filter(one -> one.fate() == fate)
                .map(RecordFate::key)
                .toList();
    }

    List<Recovery.Action> recoveries() {
        return words.stream()
                .filter(Word.OfRecovery.class::isInstance)
                .map(word -> ((Word.OfRecovery) word).recovery().action())
                .toList();
    }

    List<Verification> verifications() {
        return words.stream()
                .filter(Word.OfVerification.class::isInstance)
                .map(word -> ((Word.OfVerification) word).verification())
                .toList();
    }

    @Override
    public void started(RunStart start) {}

    @Override
    public void record(RunId run, RecordFate fate) {
        fates.add(fate);
    }

    @Override
    public void unchanged(RunId run, long records) {
        unchanged += records;
    }

    @Override
    public void error(RunId run, RunError error) {
        errors.add(error);
    }

    @Override
    public void recovery(RunId run, Recovery recovery) {
        words.add(new Word.OfRecovery(recovery));
    }

    @Override
    public void phase(RunId run, Phase phase, Duration took, long records) {
        words.add(new Word.OfPhase(phase, took, records));
    }

    @Override
    public void progress(RunId run, Progress further) {
        progress.add(further);
    }

    @Override
    public void verified(RunId run, Verification verification) {
        words.add(new Word.OfVerification(verification));
    }

    @Override
    public void ended(RunId run, RunOutcome outcome) {}
}
