package io.holdfast.cli.source;

import io.holdfast.cli.frame.Progress;
import io.holdfast.cli.frame.Terminal;
import io.holdfast.server.audit.Phase;
import io.holdfast.server.audit.RunId;
import io.holdfast.server.run.RunListener;
import io.holdfast.server.run.RunReport;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** Shows a person how far a run is, phase by phase. For one thread. */
final class RunProgress implements RunListener, AutoCloseable {

    private final Map<Phase, Progress> lines = new EnumMap<>(Phase.class);

    RunProgress(Terminal terminal, InstantSource clock) {
        for (Phase phase : Phase.values()) {
            lines.put(phase, new Progress(terminal, clock, subject(phase)));
        }
    }

    private static String subject(Phase phase) {
        return switch (phase) {
            case FETCH -> "records read";
            case COMPARE -> "records compared";
            case UPDATE -> "records written";
            case VERIFY -> "records read again";
        };
    }

    @Override
    public void progress(RunId run, io.holdfast.server.audit.Progress progress) {
        Progress line = lines.get(progress.phase());
        if (line != null) {
            line.show(progress.done(), progress.total());
        }
    }

    @Override
    public void ended(RunReport report) {
        close();
    }

    @Override
    public void close() {
        lines.values().forEach(Progress::close);
    }
}
